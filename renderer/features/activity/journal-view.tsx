import { Button } from '@mantine/core'
import { IconHistory, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc, pageSize } from '../../api/queries.ts'
import { ActivityItem } from '../../components/activity-item.tsx'
import { EventList } from '../../components/event-list.tsx'
import { EmptyState, QueryState } from '../../components/states.tsx'
import { pages } from '../../components/table/data-table.tsx'
import classes from './activity.module.css'
import { ActivityFilterInputs, useActivityFilters } from './activity-filters.tsx'

/** Every change, the latest first, with the old and new values. */
export function JournalView() {
  const { t } = useTranslation(['activity', 'shell'])
  const filters = useActivityFilters()
  const { ids, since } = filters
  const query = useInfiniteQuery({
    ...orpc.journal.list.infiniteOptions({
      ...pages,
      input: (cursor: string | undefined) => ({
        deliveryId: ids.delivery,
        clientId: ids.client,
        since,
        cursor,
        limit: pageSize,
      }),
    }),
    placeholderData: keepPreviousData,
  })
  const entries = query.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <search className={classes.filters}>
        <ActivityFilterInputs filters={filters} names={['delivery', 'client']} />
      </search>
      {entries === undefined ? (
        <QueryState query={query} lines={10} />
      ) : entries.length === 0 ? (
        <EmptyState
          icon={filters.isNarrowed ? IconSearchOff : IconHistory}
          title={t(filters.isNarrowed ? 'activity:nothingFound' : 'activity:nothingYet')}
        >
          {t(filters.isNarrowed ? 'activity:nothingFoundAdvice' : 'activity:nothingYetAdvice')}
        </EmptyState>
      ) : (
        <section aria-label={t('activity:view.journal')}>
          <EventList>
            {entries.map((entry) => (
              <ActivityItem key={entry.id} entry={entry} subject="journal" />
            ))}
          </EventList>
          {query.hasNextPage ? (
            <Button
              variant="default"
              size="xs"
              mt="xs"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('activity:more')}
            </Button>
          ) : null}
        </section>
      )}
    </>
  )
}
