import type { TFunction } from 'i18next'
import type { Reach } from '#shared/contract/deliveries.ts'
import type { Format } from '../../../components/format.ts'

/** How far a delivery gets before its end. */
export type ReachLevel = 'everybody' | 'some' | 'nobody'

/** How many an answer says are reached; null where there is nobody to reach, so that nothing is to be said. */
export function reachLevelOf({ clients, unreachable }: Reach): ReachLevel | null {
  if (clients === 0) return null
  if (unreachable === 0) return 'everybody'
  return unreachable < clients ? 'some' : 'nobody'
}

/** When the first and the last of those who can be reached can be, as a sentence; null when there are none. */
export function describeMoments(reach: Reach, t: TFunction<'deliveries'>, format: Format): string | null {
  const { firstAt, lastAt, unreachable } = reach
  if (firstAt === null || lastAt === null) return null
  const moments = { first: format.moment(firstAt), last: format.moment(lastAt) }
  const who = unreachable === 0 ? 'all' : 'others'
  return t(moments.first === moments.last ? `composer.reach.${who}AtOnce` : `composer.reach.${who}`, moments)
}
