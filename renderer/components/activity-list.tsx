import { Button, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityEntry } from '#shared/contract/activity.ts'
import { ActivityLine } from './activity-line.tsx'
import { ErrorState, SkeletonLines } from './states.tsx'
import { Story } from './story.tsx'

const shownAtFirst = 20
/** The engine gives no more at once. */
const mostShown = 1000

/** How many of the latest changes are asked for. The list is one page that grows, so that a new change does not shift what is shown. */
export function useShownChanges(): { readonly limit: number; readonly showMore: () => void } {
  const [limit, setLimit] = useState(shownAtFirst)
  return { limit, showMore: () => setLimit(Math.min(limit * 2, mostShown)) }
}

interface ActivityListProps {
  readonly of: 'delivery' | 'client'
  readonly query: Pick<
    UseQueryResult<{ readonly count: number; readonly results: readonly ActivityEntry[] }>,
    'data' | 'error' | 'isPlaceholderData' | 'refetch'
  >
  readonly showMore: () => void
}

/** What happened to something, the latest first. */
export function ActivityList({ of, query, showMore }: ActivityListProps) {
  const { t } = useTranslation('activity')
  const { data, error } = query
  if (data === undefined)
    return error === null ? (
      <SkeletonLines count={3} />
    ) : (
      <ErrorState error={error} onRetry={() => void query.refetch()} />
    )
  const { count, results } = data
  if (results.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('none')}
      </Text>
    )
  }
  return (
    <>
      <Story>
        {results.map((entry) => (
          <ActivityLine key={entry.id} entry={entry} of={of} />
        ))}
      </Story>
      {results.length < Math.min(count, mostShown) ? (
        <Button variant="default" size="xs" mt="xs" loading={query.isPlaceholderData} onClick={showMore}>
          {t('more')}
        </Button>
      ) : null}
    </>
  )
}
