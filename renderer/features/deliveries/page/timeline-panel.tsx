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

/** Chart code is large, so it is loaded separately. */
const loadChart = async () => ({ default: (await import('./timeline-chart.tsx')).TimelineChart })
const TimelineChart = lazy(loadChart)

/** By then the page is rendered. */
const loadDelayMs = 300

/** Loads the chart's code early, so that it does not delay the first results. */
export function useReadyChart(): void {
  useEffect(() => {
    // If this fails, the chart reports it when it is shown.
    const ready = setTimeout(() => void loadChart().catch(() => undefined), loadDelayMs)
    return () => clearTimeout(ready)
  }, [])
}

interface TimelinePanelProps {
  readonly deliveryId: number
  /** Whether the last moments without a result are part of the chart. */
  readonly isRunning: boolean
  readonly timeline: DetailStatistics['timeline']
}

/** The results over time, as a chart and as text. */
export const TimelinePanel = memo(function TimelinePanel({ deliveryId, isRunning, timeline }: TimelinePanelProps) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const now = useNow()
  const [shown, show] = useChartView('timeline')
  const growsUntil = isRunning ? now : null
  const even = useMemo(() => spreadEvenly(timeline, growsUntil), [timeline, growsUntil])
  // A chart is expensive to render, so everything else on the page comes first.
  const drawn = useDeferredValue(even)
  const duration = format.duration(even.stepMs)
  const { moments } = even
  const sum = (what: 'sent' | 'failed') => moments.reduce((total, moment) => total + moment[what], 0)
  const peak = Math.max(0, ...moments.map(({ sent, failed }) => sent + failed))
  const summary = t('chart.summary', { sent: sum('sent'), failed: sum('failed'), count: peak, duration })
  return (
    <Section
      title={t('chart.title')}
      aside={
        <Group gap="md">
          {shown === 'table' ? null : (
            <>
              <LineLegend color={messageColor('sent')} label={t('chart.sent')} />
              <LineLegend color={messageColor('failed')} label={t('chart.failed')} dash="5 3" />
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
        <div role="img" aria-label={`${t('chart.label')}. ${summary}`}>
          <Suspense fallback={<Skeleton height={220} />}>
            <TimelineChart timeline={drawn} />
          </Suspense>
        </div>
      )}
    </Section>
  )
})
