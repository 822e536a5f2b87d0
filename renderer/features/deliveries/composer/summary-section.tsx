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
import { roomFor, summarize } from './summary.ts'

interface SummarySectionProps {
  readonly values: ComposerValues
  readonly schedule: Schedule | null
  /** Null while it is not known. */
  readonly audience: { readonly clients: number; readonly optedOut: number } | null
  /** Null where no hours are chosen, and while it is not known. */
  readonly reach: Reach | null
  readonly hasStarted: boolean
  /** Something above must be mended first. */
  readonly isIncomplete: boolean
  /** The buttons that make it so. */
  readonly children: ReactNode
}

/** The last thing read before it becomes true: what will happen, in words. */
export function SummarySection(props: SummarySectionProps) {
  const { values, schedule, audience, reach, hasStarted, isIncomplete, children } = props
  const gatewayRate = useQuery(orpc.gateway.get.queryOptions()).data?.ratePerSecond ?? null
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const known = !isIncomplete && schedule !== null && audience !== null
  const room = known && !hasStarted ? roomFor(values.ratePerSecond, schedule) : null
  return (
    <Section title={t('composer.summary.title')} look="row">
      <Text size="md" maw="65ch">
        {known
          ? summarize({ values, schedule, ...audience, gatewayRate, reach, hasStarted }, t, format).join(' ')
          : isIncomplete
            ? t('composer.summary.incomplete')
            : t('composer.audience.counting')}
      </Text>
      {room === null || audience === null || room >= audience.clients ? null : (
        <Note
          tone="warning"
          icon={IconAlertCircle}
          title={t('composer.summary.tooSlow', { count: room })}
          role="status"
        />
      )}
      {known && reach !== null ? <LeftOut reach={reach} /> : null}
      {children}
    </Section>
  )
}

/** Whom the hours leave out. It has no role: beside the hours it is said aloud already. */
function LeftOut({ reach }: { readonly reach: Reach }) {
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
