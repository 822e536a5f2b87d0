import { Button, Group, Skeleton, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { LineLegend } from '../../components/chart-legend.tsx'
import { ChartSwitch, useChartView } from '../../components/chart-switch.tsx'
import { useFormat } from '../../components/format.ts'
import { saveTable } from '../../components/save-table.ts'
import { Section } from '../../components/section.tsx'
import { ChartTable } from '../../components/table/chart-table.tsx'
import { type ComparedDelivery, lineStyleOf } from './compared-delivery.ts'
import { formatElapsed, sentShareRows } from './sent-shares.ts'

/** Chart code is large, so it is loaded with the first chart. */
const ComparisonChart = lazy(async () => ({ default: (await import('./comparison-chart.tsx')).ComparisonChart }))

/** The fraction of each delivery that was sent over time: as a chart, as a table, or as a file. */
export function SentSharesPanel({ compared }: { readonly compared: readonly ComparedDelivery[] }) {
  const { t } = useTranslation(['statistics', 'shell'])
  const format = useFormat()
  const [shown, show] = useChartView('course')
  const lines = sentShareRows(compared)
  const titles = [t('comparison.elapsed'), ...compared.map(({ id, name }) => t('comparison.choice', { id, name }))]
  return (
    <Section
      title={t('comparison.chart')}
      aside={
        <Group gap="md">
          <Text size="xs" c="dimmed">
            {t('comparison.chartNote')}
          </Text>
          <ChartSwitch shown={shown} onChoose={show} />
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            aria-label={t('comparison.exportChart')}
            onClick={() =>
              saveTable(
                `${t('comparison.chart')}.csv`,
                titles,
                lines.map(({ afterMs, shares }) => [afterMs / 1000, ...shares]),
              )
            }
          >
            {t('shell:export.action')}
          </Button>
        </Group>
      }
    >
      {shown === 'table' ? (
        <ChartTable
          label={t('comparison.chart')}
          height={300}
          titles={titles}
          lines={lines.map(({ afterMs, shares }) => ({
            key: afterMs,
            cells: [formatElapsed(afterMs), ...shares.map(format.percent)],
          }))}
        />
      ) : (
        <>
          <Group gap="md" mb="sm">
            {compared.map(({ id, name }, place) => {
              const { color, strokeDasharray } = lineStyleOf(place)
              return <LineLegend key={id} color={color} dash={strokeDasharray} label={name} />
            })}
          </Group>
          <div role="img" aria-label={t('comparison.summary', { count: compared.length })}>
            <Suspense fallback={<Skeleton height={260} />}>
              <ComparisonChart compared={compared} />
            </Suspense>
          </div>
        </>
      )}
    </Section>
  )
}
