import { Button, Stack } from '@mantine/core'
import { IconChartBar, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { deliveryStatuses, messageStatuses } from '#shared/domain/states.ts'
import { orpc } from '../../api/queries.ts'
import { Page } from '../../components/page.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../components/states.tsx'
import { DeliveryStatusBadge, deliveryColor, MessageStatusBadge, messageColor } from '../../components/status.tsx'
import { DeliveryResults } from './delivery-results.tsx'
import classes from './statistics-screen.module.css'
import { StatusBars } from './status-bars.tsx'
import { Totals } from './totals.tsx'

/** Everything that all deliveries come to, kept fresh while they run. */
export function StatisticsScreen() {
  const { t } = useTranslation('statistics')
  const { data, error, refetch } = useQuery(orpc.statistics.general.queryOptions())
  if (data === undefined) {
    return (
      <Page title={t('title')} layout="wide">
        {error === null ? <SkeletonLines count={12} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  if (data.deliveries.total === 0) {
    return (
      <Page title={t('title')} layout="wide">
        <EmptyState
          icon={IconChartBar}
          title={t('empty.title')}
          action={
            <Button component={Link} to="/deliveries/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
              {t('empty.write')}
            </Button>
          }
        >
          {t('empty.text')}
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page title={t('title')} layout="wide">
      <Stack gap="md">
        <Totals statistics={data} />
        <div className={classes.sides}>
          <StatusBars
            title={t('messagesByStatus')}
            unit={t('columns.messages')}
            total={data.messages.total}
            rows={messageStatuses.map((status) => ({
              key: status,
              badge: <MessageStatusBadge status={status} />,
              color: messageColor(status),
              count: data.messages.byStatus[status],
            }))}
          />
          <StatusBars
            title={t('deliveriesByStatus')}
            unit={t('columns.deliveries')}
            total={data.deliveries.total}
            rows={deliveryStatuses.map((status) => ({
              key: status,
              badge: <DeliveryStatusBadge status={status} />,
              color: deliveryColor(status),
              count: data.deliveries.byStatus[status],
            }))}
          />
        </div>
        <DeliveryResults results={data.results} />
      </Stack>
    </Page>
  )
}
