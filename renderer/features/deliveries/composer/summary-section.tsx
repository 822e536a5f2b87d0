import { Text } from '@mantine/core'
import { IconAlertCircle, IconClockExclamation, IconClockX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reach } from '#shared/contract/deliveries.ts'
import { orpc } from '../../../api/queries.ts'
import { useFormat } from '../../../components/format.ts'
import { Note } from '../../../components/note.tsx'
import { Section } from '../../../components/section.tsx'
import type { ComposerValues, Schedule } from './composer-values.ts'
import { describeMoments, reachLevelOf } from './reach-text.ts'
import { capacityOf, summarize } from './summary.ts'

interface SummarySectionProps {
  readonly values: ComposerValues
  readonly schedule: Schedule | null
  /** Null until it is known. */
  readonly audience: { readonly clients: number; readonly optedOut: number } | null
  /** Null without hours, and until it is known. */
  readonly reach: Reach | null
  readonly hasStarted: boolean
  /** Whether a problem above must be fixed first. */
  readonly isIncomplete: boolean
  /** The buttons that save or send. */
  readonly children: ReactNode
}

/** What will happen, in words, before the user confirms it. */
export function SummarySection(props: SummarySectionProps) {
  const { values, schedule, audience, reach, hasStarted, isIncomplete, children } = props
  const gatewayRate = useQuery(orpc.gateway.get.queryOptions()).data?.ratePerSecond ?? null
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const isComplete = !isIncomplete && schedule !== null && audience !== null
  const capacity = isComplete && !hasStarted ? capacityOf(values.ratePerSecond, schedule) : null
  return (
    <Section title={t('composer.summary.title')} look="row">
      <Text size="md" maw="65ch">
        {isComplete
          ? summarize({ values, schedule, ...audience, gatewayRate, reach, hasStarted }, t, format).join(' ')
          : isIncomplete
            ? t('composer.summary.incomplete')
            : t('composer.audience.counting')}
      </Text>
      {capacity === null || audience === null || capacity >= audience.clients ? null : (
        <Note
          tone="warning"
          icon={IconAlertCircle}
          title={t('composer.summary.tooSlow', { count: capacity })}
          role="status"
        />
      )}
      {isComplete && reach !== null ? <Unreachable reach={reach} /> : null}
      {children}
    </Section>
  )
}

/** How many clients the hours exclude. It has no role: the note beside the hours already announces it. */
function Unreachable({ reach }: { readonly reach: Reach }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  switch (reachLevelOf(reach)) {
    case 'nobody':
      return <Note tone="bad" icon={IconClockX} title={t('composer.reach.nobody')} />
    case 'some':
      return (
        <Note tone="warning" icon={IconClockExclamation} title={t('composer.reach.some', { count: reach.unreachable })}>
          {describeMoments(reach, t, format)}
        </Note>
      )
    case 'everybody':
    case null:
      return null
  }
}
