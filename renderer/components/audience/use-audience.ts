import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Filter } from '#shared/domain/filter.ts'
import { orpc } from '../../api/queries.ts'

/** How long the operator's choice must rest before the store is asked. */
const restMs = 250

export interface Audience {
  readonly clients: number
  readonly optedOut: number
}

export interface AudienceCount {
  /** The last count known; null before the first. */
  readonly audience: Audience | null
  /** The count belongs to an earlier choice. */
  readonly isCounting: boolean
  readonly error: unknown
}

/** How many clients a filter selects, kept up to date while it is being chosen. */
export function useAudience(filter: Filter): AudienceCount {
  const [rested] = useDebouncedValue(filter, restMs)
  const query = useQuery(
    orpc.deliveries.audience.queryOptions({ input: { filter: rested }, placeholderData: keepPreviousData }),
  )
  return {
    audience: query.data ?? null,
    isCounting: query.isPending || query.isPlaceholderData || rested !== filter,
    error: query.error,
  }
}
