import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Filter } from '#shared/domain/filter.ts'
import { orpc } from '../../../api/queries.ts'

const restMs = 350
const examples = 5

/** The text as real clients would receive it, and its problems; updated after a pause in typing. */
export function usePreview(text: string, filter: Filter) {
  const [rested] = useDebouncedValue(text, restMs)
  const [restedFilter] = useDebouncedValue(filter, restMs)
  const query = useQuery(
    orpc.deliveries.preview.queryOptions({
      input: { text: rested, filter: restedFilter, clients: examples },
      enabled: rested.trim() !== '',
      placeholderData: keepPreviousData,
    }),
  )
  const answer = rested.trim() === '' ? null : (query.data ?? null)
  const isAnswered = answer !== null && !query.isPlaceholderData
  return {
    answer,
    /** The text and filter of `answer`, once it has arrived. */
    text: rested,
    filter: restedFilter,
    isAnswered,
    isCurrent: isAnswered && rested === text && restedFilter === filter,
    error: query.error,
  }
}

export type Preview = ReturnType<typeof usePreview>
export type PreviewAnswer = NonNullable<Preview['answer']>
