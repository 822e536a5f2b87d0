import type { TFunction } from 'i18next'
import type { Reach } from '#shared/contract/deliveries.ts'
import type { Format } from '../../../components/format.ts'

/** How many of the audience a delivery reaches before its end. */
export type ReachLevel = 'everybody' | 'some' | 'nobody'

/** The level of a reach; null if the audience is empty. */
export function reachLevelOf({ clients, unreachable }: Reach): ReachLevel | null {
  if (clients === 0) return null
  if (unreachable === 0) return 'everybody'
  return unreachable < clients ? 'some' : 'nobody'
}

/** A sentence with the first and the last moment at which a client can be reached; null if there is none. */
export function describeMoments(reach: Reach, t: TFunction<'deliveries'>, format: Format): string | null {
  const { firstAt, lastAt, unreachable } = reach
  if (firstAt === null || lastAt === null) return null
  const moments = { first: format.moment(firstAt), last: format.moment(lastAt) }
  const who = unreachable === 0 ? 'all' : 'others'
  return t(moments.first === moments.last ? `composer.reach.${who}AtOnce` : `composer.reach.${who}`, moments)
}
