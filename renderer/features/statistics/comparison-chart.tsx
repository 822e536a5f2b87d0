import '@mantine/charts/styles.layer.css'
import { LineChart } from '@mantine/charts'
import { useFormat } from '../../components/format.ts'
import { type ComparedDelivery, lineStyleOf } from './compared-delivery.ts'
import { formatElapsed } from './sent-shares.ts'

/** The fraction of each delivery that was sent over time, all aligned to the same start. */
export function ComparisonChart({ compared }: { readonly compared: readonly ComparedDelivery[] }) {
  const format = useFormat()
  const moments = [...new Set(compared.flatMap(({ sentShares }) => sentShares.map(({ afterMs }) => afterMs)))].sort(
    (a, b) => a - b,
  )
  const shares = compared.map(({ id, sentShares }) => ({
    id,
    at: new Map(sentShares.map(({ afterMs, share }) => [afterMs, share])),
  }))
  const data = moments.map((afterMs) => ({
    afterMs,
    ...Object.fromEntries(shares.flatMap(({ id, at }) => (at.has(afterMs) ? [[`d${id}`, at.get(afterMs) ?? 0]] : []))),
  }))
  return (
    <LineChart
      h={260}
      lineChartProps={{ accessibilityLayer: false }}
      data={data}
      dataKey="afterMs"
      series={compared.map(({ id, name }, place) => ({ name: `d${id}`, label: name, ...lineStyleOf(place) }))}
      connectNulls
      curveType="linear"
      withDots={false}
      strokeWidth={2}
      valueFormatter={format.percent}
      yAxisProps={{ width: 60, domain: [0, 1] }}
      xAxisProps={{ type: 'number', domain: [0, 'dataMax'], tickFormatter: formatElapsed }}
      tooltipAnimationDuration={0}
      tooltipProps={{ labelFormatter: (ms: unknown) => (typeof ms === 'number' ? formatElapsed(ms) : '') }}
      lineProps={{ isAnimationActive: false }}
    />
  )
}
