import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type { Reach, ReachQuery } from '#shared/contract/deliveries.ts'
import { orpc } from '../../../api/queries.ts'

const restMs = 250

export interface ReachAnswer {
  /** The last known answer; null before the first, and without a query. */
  readonly reach: Reach | null
  /** Whether the answer belongs to an earlier query. */
  readonly isCounting: boolean
}

/** How many clients a delivery reaches before its end, updated while the user changes its hours. */
export function useReach(question: ReachQuery | null): ReachAnswer {
  // Compared by content: typing in another field makes a new object.
  const asked = JSON.stringify(question)
  const [rested] = useDebouncedValue(asked, restMs)
  const input = JSON.parse(rested) as ReachQuery | null
  const query = useQuery(
    orpc.deliveries.reach.queryOptions({ input: input ?? skipToken, placeholderData: keepPreviousData }),
  )
  return {
    reach: question === null || input === null ? null : (query.data ?? null),
    isCounting: query.isPlaceholderData || rested !== asked,
  }
}
