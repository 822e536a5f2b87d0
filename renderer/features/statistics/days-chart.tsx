import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeriodReport } from '#shared/contract/reports.ts'
import { fillOf, Hatching } from '../../components/chart-legend.tsx'
import { useFormat } from '../../components/format.ts'
import { type DaySeries, daySeries } from './day-series.ts'

/** One column for each day; each part has its own fill. */
export function DaysChart({ days }: { readonly days: PeriodReport['days'] }) {
  const { t } = useTranslation('statistics')
  const format = useFormat()
  const id = useId()
  const hatchOf = (name: string) => `${id}${name}`
  const data = days.map(({ value, messages }) => ({
    day: format.calendarDay(value ?? ''),
    ...Object.fromEntries(daySeries.map(({ name, count }) => [name, count(messages)])),
  }))
  const seriesOf = (name: string): DaySeries | undefined => daySeries.find((series) => series.name === name)
  return (
    <BarChart
      h={240}
      barChartProps={{ accessibilityLayer: false }}
      data={data}
      dataKey="day"
      type="stacked"
      series={daySeries.map(({ name, color }) => ({ name, color, label: t(`period.series.${name}`) }))}
      valueFormatter={format.number}
      yAxisProps={{ width: 64, allowDecimals: false }}
      xAxisProps={{ minTickGap: 24 }}
      maxBarWidth={28}
      tooltipAnimationDuration={0}
      barProps={({ name }) => {
        const series = seriesOf(name)
        return {
          isAnimationActive: false,
          ...(series === undefined ? {} : fillOf(series.filling, series.color, hatchOf(name))),
        }
      }}
    >
      <defs>
        {daySeries
          .filter(({ filling }) => filling === 'hatched')
          .map(({ name, color }) => (
            <Hatching key={name} id={hatchOf(name)} color={color} />
          ))}
      </defs>
    </BarChart>
  )
}
