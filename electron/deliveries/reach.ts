import type { Reach, ReachQuery } from '#shared/contract/deliveries.ts'
import { opensAt } from '#shared/domain/sending-window.ts'
import { fromInstant, toInstant } from '../base/clock.ts'
import { countZones } from '../store/audience/reach.ts'
import type { ReadSession } from '../store/sqlite/connection.ts'

/** Whom a delivery's window lets it reach before its end, and when the first and the last of them can be. */
export async function reachOf(sql: ReadSession, question: ReachQuery, now: number): Promise<Reach> {
  const { filter, window } = question
  const startsAt = Math.max(now, question.startsAt === undefined ? now : fromInstant(question.startsAt))
  const endsAt = fromInstant(question.endsAt)
  const zones = await countZones(sql, filter)
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
