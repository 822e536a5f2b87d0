import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Filter } from '#shared/domain/filter.ts'
import { orpc } from '../../api/queries.ts'

/** The delay after the last change before the store is queried. */
const delayMs = 250

export interface Audience {
  readonly clients: number
  readonly optedOut: number
}

export interface AudienceCount {
  /** The last known count; null before the first. */
  readonly audience: Audience | null
  /** Whether the count belongs to an earlier filter. */
  readonly isCounting: boolean
  readonly error: unknown
}

/** How many clients a filter selects, updated while the user changes the filter. */
export function useAudience(filter: Filter): AudienceCount {
  const [settled] = useDebouncedValue(filter, delayMs)
  const query = useQuery(
    orpc.deliveries.audience.queryOptions({ input: { filter: settled }, placeholderData: keepPreviousData }),
  )
  return {
    audience: query.data ?? null,
    isCounting: query.isPending || query.isPlaceholderData || settled !== filter,
    error: query.error,
  }
}
