import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../api/queries.ts'
import { ActivityLine } from '../../../components/activity-line.tsx'
import { GrowingStory, useShownEntries } from '../../../components/growing-story.tsx'
import { Section } from '../../../components/section.tsx'

/** What happened to a delivery, the latest first. */
export function HistoryPanel({ deliveryId }: { readonly deliveryId: number }) {
  const { t } = useTranslation('activity')
  const { limit, showMore } = useShownEntries()
  const query = useQuery(
    orpc.deliveries.activity.queryOptions({ input: { id: deliveryId, limit }, placeholderData: keepPreviousData }),
  )
  return (
    <Section title={t('history')}>
      <GrowingStory query={query} none={t('none')} showMore={showMore}>
        {(entry) => <ActivityLine key={entry.id} entry={entry} of="delivery" />}
      </GrowingStory>
    </Section>
  )
}
