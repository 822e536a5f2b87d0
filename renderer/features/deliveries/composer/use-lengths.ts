import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TextLengths, TextLengthsQuery } from '#shared/contract/text-lengths.ts'
import { client } from '../../../api/client.ts'
import { orpc } from '../../../api/queries.ts'
import type { Preview } from './use-preview.ts'

interface MeasureProgress {
  readonly measured: number
  readonly clients: number
}

export interface LengthsCount {
  /** The last known result; null before the first, and if there is nothing to measure. */
  readonly lengths: TextLengths | null
  /** Whether the result belongs to an earlier text or filter. */
  readonly isCounting: boolean
  /** The progress of the count, once it takes long enough to show. */
  readonly progress: MeasureProgress | null
  readonly error: unknown
}

/** How long the text is for every recipient; a count in progress is aborted when the text or the filter changes. */
export function useLengths(preview: Preview, isWanted: boolean): LengthsCount {
  const { text, filter, answer, isAnswered, isCurrent } = preview
  const [progress, setProgress] = useState<MeasureProgress | null>(null)
  const input = { text, filter }
  const isMeasurable = isWanted && answer !== null && answer.problem === null
  const query = useQuery({
    queryKey: orpc.deliveries.lengths.key({ input }),
    queryFn: ({ signal }) => measure(input, signal, setProgress),
    // Only a text that parses: the preview reports template errors.
    enabled: isMeasurable && isAnswered,
    placeholderData: keepPreviousData,
  })
  return {
    lengths: isMeasurable ? (query.data ?? null) : null,
    isCounting: query.isFetching || query.isPlaceholderData || !isCurrent,
    progress: query.isFetching ? progress : null,
    error: isMeasurable ? query.error : null,
  }
}

/** Aborting the signal also stops the count in the engine. */
async function measure(
  input: TextLengthsQuery,
  signal: AbortSignal,
  report: (progress: MeasureProgress | null) => void,
): Promise<TextLengths> {
  report(null)
  for await (const event of await client.deliveries.lengths(input, { signal })) {
    if (event.kind === 'result') return event.lengths
    if (event.measured > 0) report(event)
  }
  throw new Error('the count ended without a result')
}
