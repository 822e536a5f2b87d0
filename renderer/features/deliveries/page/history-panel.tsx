import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../api/queries.ts'
import { ActivityItem } from '../../../components/activity-item.tsx'
import { PagedEventList, useEntryLimit } from '../../../components/paged-event-list.tsx'
import { Section } from '../../../components/section.tsx'

/** The history of a delivery, the latest first. */
export function HistoryPanel({ deliveryId }: { readonly deliveryId: number }) {
  const { t } = useTranslation('activity')
  const { limit, showMore } = useEntryLimit()
  const query = useQuery(
    orpc.deliveries.activity.queryOptions({ input: { id: deliveryId, limit }, placeholderData: keepPreviousData }),
  )
  return (
    <Section title={t('history')}>
      <PagedEventList query={query} none={t('none')} showMore={showMore}>
        {(entry) => <ActivityItem key={entry.id} entry={entry} subject="delivery" />}
      </PagedEventList>
    </Section>
  )
}
