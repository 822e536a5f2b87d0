import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../api/queries.ts'
import { ActivityList, useShownChanges } from '../../../components/activity-list.tsx'
import { Panel } from './panel.tsx'

/** What happened to a delivery, the latest first. */
export function HistoryPanel({ deliveryId }: { readonly deliveryId: number }) {
  const { t } = useTranslation('activity')
  const { limit, showMore } = useShownChanges()
  const query = useQuery(
    orpc.deliveries.activity.queryOptions({ input: { id: deliveryId, limit }, placeholderData: keepPreviousData }),
  )
  return (
    <Panel title={t('history')}>
      <ActivityList of="delivery" query={query} showMore={showMore} />
    </Panel>
  )
}
