import { filterSchema } from '#shared/domain/filter.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import { audienceOf } from '../audience/audience.ts'
import type { DeliveryState } from '../ports/send-queue.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'
import { moveCounters } from './counters.ts'
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
  const { changes, lastId } = await sql.run(
    `INSERT INTO messages (deliveryId, clientId, phone, status, nextAttemptAt, createdAt)
     SELECT ?, c.id, c.phone, ?, ?, ? FROM clients c WHERE ${audience.sql} ORDER BY c.id`,
    [id, status, status === 'queued' ? now : null, now, ...audience.values],
  )
  // SQLite has one writer, so the ids of one INSERT are consecutive.
  const [first, last] = changes === 0 ? [null, null] : [lastId - changes + 1, lastId]
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

/** Expires what is still queued of every delivery whose end has come. Returns the deliveries concerned. */
export async function expireOverdue(
  sql: WriteSession,
  now: number,
): Promise<{ readonly id: number; readonly expired: MovedMessages }[]> {
  const overdue = await sql.all<{ id: number; queued: number }>(
    `SELECT d.id, k.queued FROM deliveries d JOIN delivery_counters k ON k.deliveryId = d.id
     WHERE d.status IN ('running', 'paused') AND d.startedAt IS NOT NULL AND d.endsAt <= ? AND k.queued > 0`,
    [now],
  )
  const concerned = []
  for (const { id, queued } of overdue) {
    const expired = await moveMessages(
      sql,
      `UPDATE messages SET status = 'expired', nextAttemptAt = NULL WHERE deliveryId = ? AND status = 'queued'`,
      [id],
      queued,
    )
    await moveCounters(sql, id, { queued: -expired.count, expired: expired.count })
    concerned.push({ id, expired })
  }
  return concerned
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

/** Returns the next moment after `now` at which a delivery starts or ends; null when none will. */
export async function nextMomentAt(sql: ReadSession, now: number): Promise<number | null> {
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
