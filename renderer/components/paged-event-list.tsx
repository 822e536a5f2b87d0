import { Button, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EventList } from './event-list.tsx'
import { QueryState } from './states.tsx'

const firstLimit = 20
/** The maximum that the engine returns at once. */
const maxShown = 1000

/**
 * How many of the latest entries are requested. The list is one growing page, so that a new entry does not move what is
 * shown.
 */
export function useEntryLimit(): { readonly limit: number; readonly showMore: () => void } {
  const [limit, setLimit] = useState(firstLimit)
  return { limit, showMore: () => setLimit(Math.min(limit * 2, maxShown)) }
}

interface PagedEventListProps<Entry> {
  readonly query: Pick<
    UseQueryResult<{ readonly count: number; readonly results: readonly Entry[] }>,
    'data' | 'error' | 'isPlaceholderData' | 'refetch'
  >
  /** Shown if there are no entries. */
  readonly none: string
  readonly showMore: () => void
  /** Renders one entry. */
  readonly children: (entry: Entry) => ReactNode
}

/** A list of events that loads more on request, the latest first. */
export function PagedEventList<Entry>({ query, none, showMore, children }: PagedEventListProps<Entry>) {
  const { t } = useTranslation('activity')
  const { data } = query
  if (data === undefined) return <QueryState query={query} lines={3} />
  const { count, results } = data
  if (results.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    )
  }
  return (
    <>
      <EventList>{results.map(children)}</EventList>
      {results.length < Math.min(count, maxShown) ? (
        <Button variant="default" size="xs" mt="xs" loading={query.isPlaceholderData} onClick={showMore}>
          {t('more')}
        </Button>
      ) : null}
    </>
  )
}
