import { Stack } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GeneralStatistics } from '#shared/contract/statistics.ts'
import { deliveryStatuses, messageStatuses } from '#shared/domain/states.ts'
import { NewDeliveryButton } from '../../components/new-delivery-button.tsx'
import { EmptyState } from '../../components/states.tsx'
import { DeliveryStatusBadge, deliveryColor, MessageStatusBadge, messageColor } from '../../components/status.tsx'
import { DeliveryResults } from './delivery-results.tsx'
import classes from './statistics-screen.module.css'
import { StatusBars } from './status-bars.tsx'
import { Totals } from './totals.tsx'

/** The results of all deliveries, updated while they run. */
export function AllDeliveries({ statistics }: { readonly statistics: GeneralStatistics }) {
  const { t } = useTranslation('statistics')
  const { messages, deliveries, results } = statistics
  return (
    <Stack gap="md">
      <Totals statistics={statistics} />
      <div className={classes.sides}>
        <StatusBars
          title={t('messagesByStatus')}
          unit={t('columns.messages')}
          total={messages.total}
          rows={messageStatuses.map((status) => ({
            key: status,
            badge: <MessageStatusBadge status={status} />,
            color: messageColor(status),
            count: messages.byStatus[status],
          }))}
        />
        <StatusBars
          title={t('deliveriesByStatus')}
          unit={t('columns.deliveries')}
          total={deliveries.total}
          rows={deliveryStatuses.map((status) => ({
            key: status,
            badge: <DeliveryStatusBadge status={status} />,
            color: deliveryColor(status),
            count: deliveries.byStatus[status],
          }))}
        />
      </div>
      <DeliveryResults results={results} />
    </Stack>
  )
}

/** Shown if nothing was ever sent. */
export function NoDeliveries() {
  const { t } = useTranslation('statistics')
  return (
    <EmptyState icon={IconChartBar} title={t('empty.title')} action={<NewDeliveryButton label={t('empty.write')} />}>
      {t('empty.text')}
    </EmptyState>
  )
}
