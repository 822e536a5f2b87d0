import { Group, Skeleton } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeriodReport } from '#shared/contract/reports.ts'
import { AreaLegend } from '../../components/chart-legend.tsx'
import { ChartSwitch, useChartView } from '../../components/chart-switch.tsx'
import { useFormat } from '../../components/format.ts'
import { Section } from '../../components/section.tsx'
import { BreakdownTable } from './breakdown-table.tsx'
import { daySeries } from './day-series.ts'

/** Chart code is large, so it is loaded with the first chart. */
const DaysChart = lazy(async () => ({ default: (await import('./days-chart.tsx')).DaysChart }))

interface DaysPanelProps {
  readonly days: PeriodReport['days']
  readonly aside: ReactNode
}

/** The messages of each day, as a chart or a table. */
export function DaysPanel({ days, aside }: DaysPanelProps) {
  const { t } = useTranslation('statistics')
  const format = useFormat()
  const [shown, show] = useChartView('days')
  const busiest = days.toSorted((one, other) => other.messages.total - one.messages.total)[0]
  return (
    <Section
      title={t('period.by.day')}
      aside={
        <Group gap="md">
          {shown === 'table'
            ? null
            : daySeries.map(({ name, color, filling }) => (
                <AreaLegend key={name} color={color} filling={filling} label={t(`period.series.${name}`)} />
              ))}
          <ChartSwitch shown={shown} onChoose={show} />
          {aside}
        </Group>
      }
    >
      {shown === 'table' ? (
        <BreakdownTable
          of={t('columns.day')}
          lines={days
            .toReversed()
            .map(({ value, messages }) => ({ key: value ?? '', label: format.calendarDay(value ?? ''), messages }))}
        />
      ) : (
        <div
          role="img"
          aria-label={t('period.summary', {
            days: days.length,
            day: format.calendarDay(busiest?.value ?? ''),
            count: busiest?.messages.total ?? 0,
          })}
        >
          <Suspense fallback={<Skeleton height={240} />}>
            <DaysChart days={days} />
          </Suspense>
        </div>
      )}
    </Section>
  )
}
