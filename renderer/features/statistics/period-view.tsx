import { Group, Stack, Text } from '@mantine/core'
import { IconCalendarOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PeriodReport, periodParts } from '#shared/contract/reports.ts'
import { messageStatuses } from '#shared/domain/states.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { orpc } from '../../api/queries.ts'
import { ExportMenu } from '../../components/exports/export-menu.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../components/states.tsx'
import { MessageStatusBadge, messageColor } from '../../components/status.tsx'
import { BreakdownPanel } from './breakdown-panel.tsx'
import { DaysPanel } from './days-panel.tsx'
import { PeriodPicker } from './period-picker.tsx'
import classes from './statistics-screen.module.css'
import { StatusBars } from './status-bars.tsx'
import { usePeriod } from './use-period.ts'

/** The results of a period. The engine looks at every message, so it is counted on request. */
export function PeriodView() {
  const { t } = useTranslation('statistics')
  const { period, choose } = usePeriod()
  const input = { ...period, timeZone: machineTimeZone() }
  const query = useQuery({
    ...orpc.reports.period.queryOptions({ input }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const { data, error, isPlaceholderData, refetch } = query
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <PeriodPicker period={period} onChoose={choose} />
        <Text size="sm" c="dimmed" pb={6}>
          {t('period.advice')}
        </Text>
      </Group>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonLines count={12} />
      ) : data.messages.total === 0 ? (
        <EmptyState icon={IconCalendarOff} title={t('period.empty.title')}>
          {t('period.empty.text')}
        </EmptyState>
      ) : (
        <div className={classes.report} aria-busy={isPlaceholderData} data-old={isPlaceholderData || undefined}>
          <Report report={data} input={input} />
        </div>
      )}
    </Stack>
  )
}

interface ReportProps {
  readonly report: PeriodReport
  readonly input: { readonly since: string; readonly until: string; readonly timeZone: string }
}

function Report({ report, input }: ReportProps) {
  const { t } = useTranslation('statistics')
  const { messages, days, operatorCodes, timeZones, tags } = report
  const parts = [
    ['operatorCode', operatorCodes],
    ['timeZone', timeZones],
    ['tag', tags],
  ] as const
  const save = (by: (typeof periodParts)[number]) => (
    <ExportMenu
      subject={{ kind: 'period', by, period: input }}
      name={`${t(`period.by.${by}`)} ${input.since} ${input.until}`}
      label={t('period.export', { part: t(`period.by.${by}`) })}
    />
  )
  return (
    <Stack gap="md">
      <DaysPanel days={days} aside={save('day')} />
      <div className={classes.sides}>
        <StatusBars
          title={t('messagesByStatus')}
          unit={t('columns.messages')}
          total={messages.total}
          aside={save('status')}
          rows={messageStatuses.map((status) => ({
            key: status,
            badge: <MessageStatusBadge status={status} />,
            color: messageColor(status),
            count: messages.byStatus[status],
          }))}
        />
        {parts.map(([by, lines]) => (
          <BreakdownPanel
            key={by}
            title={t(`period.by.${by}`)}
            of={t(`columns.${by}`)}
            parts={lines}
            none={t(`period.none.${by}`)}
            {...(by === 'tag' ? { note: t('period.tagsNote') } : {})}
            aside={save(by)}
          />
        ))}
      </div>
    </Stack>
  )
}
