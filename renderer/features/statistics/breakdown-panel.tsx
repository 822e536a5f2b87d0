import { Button, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeriodReport } from '#shared/contract/reports.ts'
import { Section } from '../../components/section.tsx'
import { BreakdownTable } from './breakdown-table.tsx'

interface BreakdownPanelProps {
  readonly title: string
  /** What a row represents. */
  readonly of: string
  readonly parts: PeriodReport['tags']
  /** The label of the row without a value. */
  readonly none: string
  readonly note?: string
  readonly aside: ReactNode
}

/** As many rows as can be read at a glance. */
const collapsedRows = 10

/** The messages grouped by a property: a chart that is also a table. */
export function BreakdownPanel({ title, of, parts, none, note, aside }: BreakdownPanelProps) {
  const { t } = useTranslation('statistics')
  const [isExpanded, setExpanded] = useState(false)
  const hidden = isExpanded ? 0 : Math.max(0, parts.length - collapsedRows)
  return (
    <Section title={title} aside={aside}>
      <BreakdownTable
        of={of}
        lines={(hidden > 0 ? parts.slice(0, collapsedRows) : parts).map(({ value, messages }) => ({
          key: value ?? '',
          label: value ?? none,
          messages,
        }))}
      />
      {note === undefined ? null : (
        <Text size="xs" c="dimmed" mt="xs">
          {note}
        </Text>
      )}
      {hidden === 0 ? null : (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setExpanded(true)}>
          {t('period.showAll', { count: parts.length })}
        </Button>
      )}
    </Section>
  )
}
