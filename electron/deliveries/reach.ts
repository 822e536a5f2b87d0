import type { Reach, ReachQuery } from '#shared/contract/deliveries.ts'
import { opensAt } from '#shared/domain/sending-window.ts'
import { fromInstant, toInstant } from '../base/clock.ts'
import type { AudienceReads } from '../store/ports/audience.ts'

/** Returns how many clients a delivery's window lets it reach before its end, and when the first and the last of them. */
export async function reachOf(audience: AudienceReads, query: ReachQuery, now: number): Promise<Reach> {
  const { filter, window } = query
  const startsAt = Math.max(now, query.startsAt === undefined ? now : fromInstant(query.startsAt))
  const endsAt = fromInstant(query.endsAt)
  const zones = await audience.countByZone(filter)
  const openings = zones.map(({ timeZone, clients }) => {
    const at = window === null ? startsAt : opensAt(window, timeZone, startsAt)
    return { clients, at, isReached: at < endsAt }
  })
  const reached = openings.filter((opening) => opening.isReached)
  const times = reached.map((opening) => opening.at)
  const sum = (list: readonly { clients: number }[]): number => list.reduce((total, { clients }) => total + clients, 0)
  return {
    clients: sum(openings),
    unreachable: sum(openings) - sum(reached),
    firstAt: toInstant(times.length === 0 ? null : Math.min(...times)),
    lastAt: toInstant(times.length === 0 ? null : Math.max(...times)),
  }
}
