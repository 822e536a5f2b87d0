import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { DayStatistics, GeneralStatistics } from '#shared/contract/statistics.ts'
import { localDay } from '#shared/domain/local-day.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { tokenWarning } from '#shared/domain/token-warning.ts'
import { useChannel } from '../../api/live.ts'
import { orpc } from '../../api/queries.ts'
import { FirstSteps } from '../../components/first-steps.tsx'
import { NewDeliveryButton } from '../../components/new-delivery-button.tsx'
import { Page } from '../../components/page.tsx'
import { Section } from '../../components/section.tsx'
import { ErrorState, QueryState, SkeletonLines } from '../../components/states.tsx'
import { useNow } from '../../components/time.tsx'
import { findAttention } from './attention.ts'
import { AttentionList } from './attention-list.tsx'
import classes from './dashboard.module.css'
import { NextList } from './next-list.tsx'
import { Numbers } from './numbers.tsx'
import { RunningList } from './running-list.tsx'
import { WeekTable } from './week-table.tsx'

/** The most important information: what is running, what is next, what needs attention, and the last days. */
export function DashboardScreen() {
  const { t } = useTranslation(['dashboard', 'deliveries'])
  const query = useQuery(orpc.statistics.general.queryOptions())
  const general = query.data
  const isEmpty = general?.deliveries.total === 0
  return (
    <Page title={t('title')} layout="wide" actions={isEmpty ? null : <NewDeliveryButton label={t('deliveries:new')} />}>
      {isEmpty ? (
        <FirstSteps />
      ) : general !== undefined ? (
        <Overview general={general} />
      ) : (
        <QueryState query={query} lines={12} />
      )}
    </Page>
  )
}

function Overview({ general: { results, messages } }: { readonly general: GeneralStatistics }) {
  const { t } = useTranslation('dashboard')
  const now = useNow()
  const channel = useChannel()
  const { data: gateway } = useQuery(orpc.gateway.get.queryOptions())
  const token = gateway === undefined || gateway.kind === 'sandbox' ? 'none' : tokenWarning(gateway.tokenExpiresAt, now)
  const { days, error } = useDays()
  const attention = findAttention({ channel, token, results, now })
  return (
    <>
      {days === null ? null : <Numbers days={days} waiting={messages.byStatus.queued + messages.byStatus.sending} />}
      <div className={classes.sides}>
        <div className={classes.side}>
          <Section title={t('running.title')}>
            <RunningList running={results.filter(({ status }) => status === 'running')} />
          </Section>
          <Section title={t('week.title')}>
            {days !== null ? (
              <WeekTable days={days} />
            ) : error === null ? (
              <SkeletonLines count={7} />
            ) : (
              <ErrorState error={error} />
            )}
          </Section>
        </div>
        <div className={classes.side}>
          <Section title={t('attention.title')}>
            <AttentionList all={attention} />
          </Section>
          <Section title={t('next.title')}>
            <NextList scheduled={results.filter(({ status }) => status === 'scheduled')} />
          </Section>
        </div>
      </div>
    </>
  )
}

/**
 * The last seven days in the machine's time zone, today last; null until they are known. Refetched when a new day
 * starts.
 */
function useDays(): { readonly days: DayStatistics['days'] | null; readonly error: Error | null } {
  const timeZone = machineTimeZone()
  const { data, error, refetch } = useQuery(orpc.statistics.days.queryOptions({ input: { timeZone, days: 7 } }))
  const today = localDay(useNow(), timeZone)
  const shown = data?.days.at(-1)?.day
  useEffect(() => {
    if (shown !== undefined && shown < today) void refetch()
  }, [shown, today, refetch])
  return { days: data?.days ?? null, error }
}
