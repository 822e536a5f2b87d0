import '@mantine/charts/styles.layer.css'
import { AreaChart } from '@mantine/charts'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../components/format.ts'
import { messageColor } from '../../../components/status.tsx'
import { axisTicks, type EvenTimeline } from './timeline.ts'

/** Sent and failed messages over time: one filled, one dashed, so that they differ without colour. */
export const TimelineChart = memo(function TimelineChart({ timeline }: { readonly timeline: EvenTimeline }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const words = timeline.stepMs < 60_000 ? format.exactClock : format.clock
  return (
    <AreaChart
      h={220}
      areaChartProps={{ accessibilityLayer: false }}
      data={[...timeline.moments]}
      dataKey="at"
      series={[
        { name: 'sent', label: t('chart.sent'), color: messageColor('sent') },
        { name: 'failed', label: t('chart.failed'), color: messageColor('failed'), strokeDasharray: '5 3' },
      ]}
      curveType="linear"
      withDots={false}
      strokeWidth={1.75}
      fillOpacity={0.18}
      withGradient={false}
      valueFormatter={format.number}
      yAxisProps={{ width: 52, allowDecimals: false }}
      xAxisProps={{
        type: 'number',
        scale: 'time',
        domain: ['dataMin', 'dataMax'],
        ticks: axisTicks(timeline, 6),
        tickFormatter: (at: number) => words(new Date(at)),
      }}
      tooltipAnimationDuration={0}
      // The tooltip requests its label before it has a moment.
      tooltipProps={{ labelFormatter: (at: unknown) => (typeof at === 'number' ? words(new Date(at)) : '') }}
      areaProps={{ isAnimationActive: false }}
    />
  )
})
