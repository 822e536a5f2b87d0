import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Filter } from '#shared/domain/filter.ts'
import { orpc } from '../../../api/queries.ts'

const typingPauseMs = 350
const sampleCount = 5

/** The text as real clients would receive it, and its problems; updated after a pause in typing. */
export function usePreview(text: string, filter: Filter) {
  const [settledText] = useDebouncedValue(text, typingPauseMs)
  const [settledFilter] = useDebouncedValue(filter, typingPauseMs)
  const query = useQuery(
    orpc.deliveries.preview.queryOptions({
      input: { text: settledText, filter: settledFilter, clients: sampleCount },
      enabled: settledText.trim() !== '',
      placeholderData: keepPreviousData,
    }),
  )
  const answer = settledText.trim() === '' ? null : (query.data ?? null)
  const isAnswered = answer !== null && !query.isPlaceholderData
  return {
    answer,
    /** The text and filter of `answer`, once it has arrived. */
    text: settledText,
    filter: settledFilter,
    isAnswered,
    isCurrent: isAnswered && settledText === text && settledFilter === filter,
    error: query.error,
  }
}

export type Preview = ReturnType<typeof usePreview>
export type PreviewAnswer = NonNullable<Preview['answer']>
