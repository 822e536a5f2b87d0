import { messageStatuses } from '#shared/domain/states.ts'
import type { CountedDelivery, TimelinePoint } from '../ports/statistics.ts'
import type { ReadSession } from '../sqlite/connection.ts'

type Ids = readonly number[] | undefined

/** Returns the number of all deliveries, or of those with these ids. */
export async function countDeliveries(sql: ReadSession, ids: Ids): Promise<number> {
  const named = ids === undefined ? '' : ' WHERE id IN (SELECT value FROM json_each(?))'
  const counted = await sql.first<{ count: number }>(
    `SELECT count(*) AS count FROM deliveries${named}`,
    ids === undefined ? [] : [JSON.stringify(ids)],
  )
  return counted?.count ?? 0
}

/** Returns the next deliveries, the newest first, with ids below `id`; null begins with the newest. */
export function countedDeliveriesBelow(
  sql: ReadSession,
  ids: Ids,
  id: number | null,
  limit: number,
): Promise<CountedDelivery[]> {
  const counts = messageStatuses.map((status) => `coalesce(k.${status}, 0) AS ${status}`).join(', ')
  return sql.all<CountedDelivery>(
    `SELECT d.id, d.name, d.status, d.startsAt, d.startedAt, d.finishedAt, d.endsAt, ${counts}
     FROM deliveries d LEFT JOIN delivery_counters k ON k.deliveryId = d.id
     WHERE d.id < ? ${ids === undefined ? '' : 'AND d.id IN (SELECT value FROM json_each(?))'} ORDER BY d.id DESC LIMIT ?`,
    [id ?? Number.MAX_SAFE_INTEGER, ...(ids === undefined ? [] : [JSON.stringify(ids)]), limit],
  )
}

/** Returns the number of seconds in which a delivery had results. */
export async function countSeconds(sql: ReadSession, deliveryId: number): Promise<number> {
  const counted = await sql.first<{ count: number }>(
    'SELECT count(*) AS count FROM delivery_timeline WHERE deliveryId = ?',
    [deliveryId],
  )
  return counted?.count ?? 0
}

/** Returns the next seconds with results of a delivery, after an instant. */
export function secondsAfter(
  sql: ReadSession,
  deliveryId: number,
  at: number,
  limit: number,
): Promise<TimelinePoint[]> {
  return sql.all<TimelinePoint>(
    'SELECT at, sent, failed FROM delivery_timeline WHERE deliveryId = ? AND at > ? ORDER BY at LIMIT ?',
    [deliveryId, at, limit],
  )
}
