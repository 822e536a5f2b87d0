import { Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../components/format.ts'
import { Note } from '../note.tsx'
import type { ComposerValues, Schedule } from './composer-values.ts'
import { Section } from './section.tsx'
import { roomFor, summarize } from './summary.ts'

interface SummarySectionProps {
  readonly values: ComposerValues
  readonly schedule: Schedule | null
  /** Null while it is not known. */
  readonly clients: number | null
  readonly hasBegun: boolean
  /** Something above must be mended first. */
  readonly isIncomplete: boolean
  /** The buttons that make it so. */
  readonly children: ReactNode
}

/** The last thing read before it becomes true: what will happen, in words. */
export function SummarySection(props: SummarySectionProps) {
  const { values, schedule, clients, hasBegun, isIncomplete, children } = props
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const known = !isIncomplete && schedule !== null && clients !== null
  const room = known && !hasBegun ? roomFor(values.ratePerSecond, schedule) : null
  return (
    <Section title={t('composer.summary.title')}>
      <Text size="md" maw="65ch">
        {known
          ? summarize({ values, schedule, clients, hasBegun }, t, format).join(' ')
          : isIncomplete
            ? t('composer.summary.incomplete')
            : t('composer.audience.counting')}
      </Text>
      {room === null || clients === null || room >= clients ? null : (
        <Note
          tone="warning"
          icon={IconAlertCircle}
          title={t('composer.summary.tooSlow', { count: room })}
          role="status"
        />
      )}
      {children}
    </Section>
  )
}
