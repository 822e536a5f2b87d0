import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type { Reach, ReachQuery } from '#shared/contract/deliveries.ts'
import { orpc } from '../../../api/queries.ts'

const delayMs = 250

export interface ReachAnswer {
  /** The last known answer; null before the first, and without a query. */
  readonly reach: Reach | null
  /** Whether the answer belongs to an earlier query. */
  readonly isCounting: boolean
}

/** How many clients a delivery reaches before its end, updated while the user changes its hours. */
export function useReach(query: ReachQuery | null): ReachAnswer {
  // Compared by content: typing in another field makes a new object.
  const serialized = JSON.stringify(query)
  const [settled] = useDebouncedValue(serialized, delayMs)
  const input = JSON.parse(settled) as ReachQuery | null
  const result = useQuery(
    orpc.deliveries.reach.queryOptions({ input: input ?? skipToken, placeholderData: keepPreviousData }),
  )
  return {
    reach: query === null || input === null ? null : (result.data ?? null),
    isCounting: result.isPlaceholderData || settled !== serialized,
  }
}
