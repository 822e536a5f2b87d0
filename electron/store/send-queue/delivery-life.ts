import { filterSchema } from '#shared/domain/filter.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import { audienceOf } from '../audience/audience-condition.ts'
import type { DeliveryState } from '../ports/send-queue.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'
import { moveCounters, noteEmptyQueue } from './counters.ts'
import { type MovedMessages, maxNamed, moveEvents, moveMessages, type NamedMessage } from './moved-messages.ts'

/**
 * The changes of a delivery's status that the clock brings about. The user may start a delivery too, so both threads use
 * them; each runs inside the caller's transaction.
 */

interface Startable {
  readonly filter: string
  readonly endsAt: number
  readonly startedAt: number | null
}

/**
 * Fixes the audience: one message for each client that the filter selects now. When the end is already past (the machine
 * slept, say) the messages expire at once, so that the user still sees who received nothing. Returns what happened.
 */
export async function startDelivery(
  sql: WriteSession,
  id: number,
  now: number,
  reason: ActivityEvent = { because: 'startDue' },
): Promise<ActivityEvent[]> {
  const delivery = await sql.first<Startable>('SELECT filter, endsAt, startedAt FROM deliveries WHERE id = ?', [id])
  if (delivery === undefined || delivery.startedAt !== null) return []
  const audience = audienceOf(filterSchema.parse(JSON.parse(delivery.filter)))
  const status = delivery.endsAt <= now ? 'expired' : 'queued'
  const before = await sql.first<{ id: number | null }>('SELECT max(id) AS id FROM messages')
  const { changes } = await sql.run(
    `INSERT INTO messages (deliveryId, clientId, phone, status, nextAttemptAt, createdAt)
     SELECT ?, c.id, c.phone, ?, ?, ? FROM clients c WHERE ${audience.sql} ORDER BY c.id`,
    [id, status, status === 'queued' ? now : null, now, ...audience.values],
  )
  const edge = async (order: 'ASC' | 'DESC'): Promise<number | null> => {
    const row = await sql.first<{ id: number }>(
      `SELECT id FROM messages WHERE id > ? AND deliveryId = ? ORDER BY id ${order} LIMIT 1`,
      [before?.id ?? 0, id],
    )
    return row?.id ?? null
  }
  const [first, last] = [await edge('ASC'), await edge('DESC')]
  await sql.run(
    `UPDATE deliveries SET status = 'running', startedAt = ?, firstMessageId = ?, lastMessageId = ?, updatedAt = max(updatedAt + 1, ?) WHERE id = ?`,
    [now, first, last, now, id],
  )
  await moveCounters(sql, id, { [status]: changes })
  const named =
    changes > maxNamed
      ? []
      : await sql.all<NamedMessage>('SELECT id, clientId FROM messages WHERE id BETWEEN ? AND ? AND deliveryId = ?', [
          first,
          last,
          id,
        ])
  return [
    { delivery: id, status: 'running', firstMessage: first, lastMessage: last, ...reason },
    ...moveEvents(id, { count: changes, named }, status, {
      because: status === 'queued' ? 'audienceFixed' : 'endBeforeStart',
    }),
  ]
}

/** Returns the deliveries whose start has come, or whose end came before they started; earliest first. */
export async function findDueDeliveries(sql: ReadSession, now: number): Promise<number[]> {
  const rows = await sql.all<{ id: number }>(
    `SELECT id FROM deliveries
     WHERE (status = 'scheduled' AND startsAt <= ?) OR (status = 'paused' AND startedAt IS NULL AND endsAt <= ?)
     ORDER BY startsAt, id`,
    [now, now],
  )
  return rows.map((row) => row.id)
}

/** How many messages one turn expires: some 50 ms of the store's only writer. */
const maxExpiredAtOnce = 5000

/** Deliveries whose end has come, and that still have queued messages. */
const overdue = `deliveries d JOIN delivery_counters k ON k.deliveryId = d.id
  WHERE d.status IN ('running', 'paused') AND d.startedAt IS NOT NULL AND d.endsAt <= ? AND k.queued > 0`

/**
 * Expires what is still queued of every delivery whose end has come, up to `maxExpiredAtOnce` messages; `nextMomentAt` is
 * now while some are left. Returns the deliveries concerned. `expired` counts all messages of a delivery the first time,
 * and none after that, so that the event about them is recorded once.
 */
export async function expireOverdue(
  sql: WriteSession,
  now: number,
): Promise<{ readonly id: number; readonly expired: MovedMessages }[]> {
  const rows = await sql.all<{ id: number; queued: number }>(`SELECT d.id, k.queued FROM ${overdue} ORDER BY d.id`, [
    now,
  ])
  const concerned = []
  let room = maxExpiredAtOnce
  for (const { id, queued } of rows) {
    if (room === 0) break
    const moved = await moveMessages(
      sql,
      `UPDATE messages SET status = 'expired', nextAttemptAt = NULL
       WHERE id IN (SELECT id FROM messages WHERE deliveryId = ? AND status = 'queued' LIMIT ?)`,
      [id, room],
      Math.min(queued, room),
    )
    await moveCounters(sql, id, { queued: -moved.count, expired: moved.count })
    if (moved.count === 0) {
      await noteEmptyQueue(sql, id)
      continue
    }
    room -= moved.count
    const isFirst = !(await isExpiryRecorded(sql, id))
    concerned.push({ id, expired: { count: isFirst ? queued : 0, named: moved.count === queued ? moved.named : [] } })
  }
  return concerned
}

async function isExpiryRecorded(sql: ReadSession, deliveryId: number): Promise<boolean> {
  const row = await sql.first(
    `SELECT 1 FROM activity WHERE deliveryId = ? AND messageId IS NULL AND facts ->> 'because' = 'deliveryEnded' LIMIT 1`,
    [deliveryId],
  )
  return row !== undefined
}

/** Completes every started delivery with nothing queued or in flight. Returns which. */
export async function completeFinished(sql: ReadSession, now: number): Promise<number[]> {
  const rows = await sql.all<{ id: number }>(
    `UPDATE deliveries SET status = 'completed', finishedAt = ?, updatedAt = max(updatedAt + 1, ?)
     WHERE status IN ('running', 'paused') AND startedAt IS NOT NULL
       AND id IN (SELECT deliveryId FROM delivery_counters WHERE queued = 0 AND sending = 0)
     RETURNING id`,
    [now, now],
  )
  return rows.map((row) => row.id)
}

/** Returns the next moment at which a delivery starts or ends; `now` while messages are left to expire; null when none. */
export async function nextMomentAt(sql: ReadSession, now: number): Promise<number | null> {
  if ((await sql.first(`SELECT 1 FROM ${overdue} LIMIT 1`, [now])) !== undefined) return now
  const row = await sql.first<{ at: number | null }>(
    `SELECT MIN(at) AS at FROM (
       SELECT startsAt AS at FROM deliveries WHERE status = 'scheduled'
       UNION ALL SELECT endsAt FROM deliveries WHERE status IN ('running', 'paused')
     ) WHERE at > ?`,
    [now],
  )
  return row?.at ?? null
}

/** Returns how deliveries are now. One that was deleted is missing. */
export async function findStates(sql: ReadSession, ids: readonly number[]): Promise<Map<number, DeliveryState>> {
  if (ids.length === 0) return new Map()
  const rows = await sql.all<DeliveryState & { id: number }>(
    `SELECT id, status, endsAt FROM deliveries WHERE id IN (${ids.join(',')})`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}
