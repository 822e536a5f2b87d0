import { type DeliveryStatus, type MessageCounts, messageStatuses } from '#shared/domain/states.ts'
import type { Reading } from '../store.ts'
import type { TimelinePoint } from './timeline.ts'

type Sql = Pick<Reading, 'sql'>

/** A delivery with its counters, its instants in milliseconds. */
export interface CountedDelivery extends MessageCounts {
  readonly id: number
  readonly name: string
  readonly status: DeliveryStatus
  readonly startsAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly endsAt: number
}

type Ids = readonly number[] | undefined

/** How many deliveries there are, or how many of those named. */
export async function countDeliveries({ sql }: Sql, ids: Ids): Promise<number> {
  const named = ids === undefined ? '' : ' WHERE id IN (SELECT value FROM json_each(?))'
  const counted = await sql.first<{ count: number }>(
    `SELECT count(*) AS count FROM deliveries${named}`,
    ids === undefined ? [] : [JSON.stringify(ids)],
  )
  return counted?.count ?? 0
}

/** The next deliveries from the newest on, below an id; null: from the newest of all. */
export function countedDeliveriesBelow(
  { sql }: Sql,
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

/** In how many seconds a delivery had results. */
export async function countSeconds({ sql }: Sql, deliveryId: number): Promise<number> {
  const counted = await sql.first<{ count: number }>(
    'SELECT count(*) AS count FROM delivery_timeline WHERE deliveryId = ?',
    [deliveryId],
  )
  return counted?.count ?? 0
}

/** The next seconds with results of a delivery, after a moment. */
export function secondsAfter({ sql }: Sql, deliveryId: number, at: number, limit: number): Promise<TimelinePoint[]> {
  return sql.all<TimelinePoint>(
    'SELECT at, sent, failed FROM delivery_timeline WHERE deliveryId = ? AND at > ? ORDER BY at LIMIT ?',
    [deliveryId, at, limit],
  )
}
