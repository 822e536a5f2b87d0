import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { GeneralStatistics } from '#shared/contract/statistics.ts'
import { tokenWarning } from '#shared/domain/token-warning.ts'
import { useChannel } from '../../api/live.tsx'
import { orpc } from '../../api/queries.ts'
import { FirstSteps } from '../../components/first-steps.tsx'
import { Page } from '../../components/page.tsx'
import { Panel } from '../../components/panel.tsx'
import { ErrorState, SkeletonLines } from '../../components/states.tsx'
import { useNow } from '../../components/time.tsx'
import { attentionOf } from './attention.ts'
import { AttentionList } from './attention-list.tsx'
import classes from './dashboard.module.css'
import { NextList } from './next-list.tsx'
import { Numbers } from './numbers.tsx'
import { RunningList } from './running-list.tsx'
import { useDays } from './use-days.ts'
import { WeekTable } from './week-table.tsx'

/** What an operator wants to know first: what runs, what comes, what needs a hand, and how the days went. */
export function DashboardScreen() {
  const { t } = useTranslation(['dashboard', 'deliveries'])
  const { data: general, error, refetch } = useQuery(orpc.statistics.general.queryOptions())
  const isEmpty = general?.deliveries.total === 0
  return (
    <Page
      title={t('title')}
      layout="wide"
      actions={
        isEmpty ? null : (
          <Button component={Link} to="/deliveries/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
            {t('deliveries:new')}
          </Button>
        )
      }
    >
      {isEmpty ? (
        <FirstSteps />
      ) : general !== undefined ? (
        <Overview general={general} />
      ) : error === null ? (
        <SkeletonLines count={12} />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
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
  const attention = attentionOf({ channel, token, results, now })
  return (
    <>
      {days === null ? null : <Numbers days={days} waiting={messages.byStatus.queued + messages.byStatus.sending} />}
      <div className={classes.sides}>
        <div className={classes.side}>
          <Panel title={t('running.title')}>
            <RunningList running={results.filter(({ status }) => status === 'running')} />
          </Panel>
          <Panel title={t('week.title')}>
            {days !== null ? (
              <WeekTable days={days} />
            ) : error === null ? (
              <SkeletonLines count={7} />
            ) : (
              <ErrorState error={error} />
            )}
          </Panel>
        </div>
        <div className={classes.side}>
          <Panel title={t('attention.title')}>
            <AttentionList all={attention} />
          </Panel>
          <Panel title={t('next.title')}>
            <NextList scheduled={results.filter(({ status }) => status === 'scheduled')} />
          </Panel>
        </div>
      </div>
    </>
  )
}
