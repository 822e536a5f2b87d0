import { Group, Skeleton, Text } from '@mantine/core'
import { lazy, memo, Suspense, useDeferredValue, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DetailStatistics } from '#shared/contract/statistics.ts'
import { LineLegend } from '../../../components/chart-legend.tsx'
import { ChartSwitch, useChartView } from '../../../components/chart-switch.tsx'
import { ExportMenu } from '../../../components/exports/export-menu.tsx'
import { useFormat } from '../../../components/format.ts'
import { Section } from '../../../components/section.tsx'
import { messageColor } from '../../../components/status.tsx'
import { ChartTable } from '../../../components/table/chart-table.tsx'
import { useNow } from '../../../components/time.tsx'
import { spreadEvenly } from './timeline.ts'

/** Charts are heavy: their code does not come with the page. */
const loadChart = async () => ({ default: (await import('./timeline-chart.tsx')).TimelineChart })
const TimelineChart = lazy(loadChart)

/** By then the page itself stands. */
const settledMs = 300

/** Has the code of the chart fetched and run while nothing moves yet, so that it holds up nothing when the first results come. */
export function useReadyChart(): void {
  useEffect(() => {
    // Where it cannot be had, the chart says so when it is wanted.
    const ready = setTimeout(() => void loadChart().catch(() => undefined), settledMs)
    return () => clearTimeout(ready)
  }, [])
}

interface TimelinePanelProps {
  readonly deliveryId: number
  /** Then the last moments without a result are part of the picture. */
  readonly isRunning: boolean
  readonly timeline: DetailStatistics['timeline']
}

/** How the results came in over time, drawn and said. */
export const TimelinePanel = memo(function TimelinePanel({ deliveryId, isRunning, timeline }: TimelinePanelProps) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const now = useNow()
  const [shown, show] = useChartView('timeline')
  const growsUntil = isRunning ? now : null
  const even = useMemo(() => spreadEvenly(timeline, growsUntil), [timeline, growsUntil])
  // A chart is dear to draw: whatever else the page has to show comes first.
  const drawn = useDeferredValue(even)
  const duration = format.duration(even.stepMs)
  const { moments } = even
  const sum = (what: 'sent' | 'failed') => moments.reduce((total, moment) => total + moment[what], 0)
  const peak = Math.max(0, ...moments.map(({ sent, failed }) => sent + failed))
  return (
    <Section
      title={t('chart.title')}
      aside={
        <Group gap="md">
          {shown === 'table' ? null : (
            <>
              <LineLegend color={messageColor('sent')} word={t('chart.sent')} />
              <LineLegend color={messageColor('failed')} word={t('chart.failed')} dash="5 3" />
            </>
          )}
          <Text size="xs" c="dimmed">
            {even.stepMs === 1000 ? t('chart.per_second') : t('chart.per_interval', { duration })}
          </Text>
          <ChartSwitch shown={shown} onChoose={show} />
          <ExportMenu
            subject={{ kind: 'timeline', deliveryId: deliveryId }}
            name={t('chart.file', { delivery: deliveryId })}
            label={t('chart.export')}
          />
        </Group>
      }
    >
      {moments.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('chart.empty')}
        </Text>
      ) : shown === 'table' ? (
        <ChartTable
          label={t('chart.title')}
          height={220}
          titles={[t('chart.time'), t('chart.sent'), t('chart.failed')]}
          lines={moments.toReversed().map(({ at, sent, failed }) => ({
            key: at,
            cells: [format.exactMoment(new Date(at)), format.number(sent), format.number(failed)],
            isZero: sent + failed === 0,
          }))}
        />
      ) : (
        <div
          role="img"
          aria-label={`${t('chart.label')}. ${t('chart.summary', { sent: sum('sent'), failed: sum('failed'), count: peak, duration })}`}
        >
          <Suspense fallback={<Skeleton height={220} />}>
            <TimelineChart timeline={drawn} />
          </Suspense>
        </div>
      )}
    </Section>
  )
})
