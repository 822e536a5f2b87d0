import { retryPolicy } from '#shared/domain/retry-policy.ts'
import { mergeColumns } from '../clients/client-row.ts'
import type { DueMessage, RunningDelivery, SenderId } from '../ports/send-queue.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'
import { type CountChanges, countersStatements } from './counters.ts'

/**
 * The hot path: the queue of messages. Results are recorded in message-results.ts. Every function runs inside the
 * caller's transaction. Ids are integers of our own, so they are part of the SQL itself: twice as fast as bound values.
 */

/** Returns the deliveries that may send now. */
export function findRunning(sql: ReadSession, now: number): Promise<RunningDelivery[]> {
  return sql.all<RunningDelivery>(
    `SELECT id, name, text, endsAt, windowFrom, windowTo, ratePerSecond, updatedAt FROM deliveries
     WHERE status = 'running' AND endsAt > ? ORDER BY id`,
    [now],
  )
}

/** Returns how many attempts messages have used up by now. One that was deleted is missing. */
export async function findAttempts(sql: ReadSession, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await sql.all<{ id: number; attempts: number }>(
    `SELECT id, attempts FROM messages WHERE id IN (${ids.join(',')})`,
  )
  return new Map(rows.map((row) => [row.id, row.attempts]))
}

/** Returns the messages that are due, earliest first; none when the delivery has changed since the caller read it. */
export function findDueMessages(
  sql: ReadSession,
  delivery: RunningDelivery,
  now: number,
  limit: number,
): Promise<DueMessage[]> {
  return sql.all<DueMessage>(
    `SELECT m.id, m.phone, m.attempts, m.clientId, coalesce(c.optedOutAt, n.addedAt) AS optedOutAt, c.timeZone,
       ${mergeColumns('c')}, c.attributes
     FROM deliveries d CROSS JOIN messages m LEFT JOIN clients c ON c.id = m.clientId
       LEFT JOIN do_not_contact n ON n.phone = m.phone
     WHERE d.id = ?1 AND d.status = 'running' AND d.updatedAt = ?2 AND d.endsAt > ?3
       AND m.deliveryId = ?1 AND m.status = 'queued' AND m.nextAttemptAt <= ?3
     ORDER BY m.nextAttemptAt, m.id LIMIT ?4`,
    [delivery.id, delivery.updatedAt, now, limit],
  )
}

/** Returns when the next message is due, null when the queue is empty, or `changed` when the delivery was edited. */
export async function nextDueAt(
  sql: ReadSession,
  { id, updatedAt }: Pick<RunningDelivery, 'id' | 'updatedAt'>,
): Promise<number | null | 'changed'> {
  const row = await sql.first<{ updatedAt: number; at: number | null }>(
    `SELECT d.updatedAt, (SELECT MIN(nextAttemptAt) FROM messages WHERE deliveryId = d.id AND status = 'queued') AS at
     FROM deliveries d WHERE d.id = ?`,
    [id],
  )
  return row?.updatedAt === updatedAt ? row.at : 'changed'
}

/** Returns the latest `nextAttemptAt` in a queue; null when it is empty. */
export async function lastDueAt(sql: ReadSession, deliveryId: number): Promise<number | null> {
  const row = await sql.first<{ at: number | null }>(
    `SELECT MAX(nextAttemptAt) AS at FROM messages WHERE deliveryId = ? AND status = 'queued'`,
    [deliveryId],
  )
  return row?.at ?? null
}

/** Marks messages as in flight, owned by a sender; must be on disk before any request begins. */
export function claimStatements(deliveryId: number, ids: readonly number[], sender: SenderId): string[] {
  return moveStatements(deliveryId, ids, `status = 'sending', claimedBy = ${Math.trunc(sender)}`, {
    queued: -ids.length,
    sending: ids.length,
  })
}

/** Cancels queued messages whose clients are gone or have opted out. */
export function cancelStatements(deliveryId: number, ids: readonly number[]): string[] {
  return moveStatements(deliveryId, ids, `status = 'cancelled', nextAttemptAt = NULL`, {
    queued: -ids.length,
    cancelled: ids.length,
  })
}

function moveStatements(
  deliveryId: number,
  ids: readonly number[],
  assignment: string,
  changes: CountChanges,
): string[] {
  if (ids.length === 0) return []
  return [
    `UPDATE messages SET ${assignment} WHERE id IN (${ids.join(',')})`,
    ...countersStatements(deliveryId, changes),
  ]
}

/** One call looks at this many messages: a tenth of a second of the store's only writer. */
const maxDeferred = 50_000

/**
 * Defers queued messages of one delivery and time zone until their window opens, among those that are due first; the
 * caller calls again for the others. Returns how many.
 */
export async function deferToWindow(
  sql: WriteSession,
  deliveryId: number,
  timeZone: string,
  now: number,
  until: number,
): Promise<number> {
  const { changes } = await sql.run(
    `UPDATE messages SET nextAttemptAt = ?
     WHERE id IN (SELECT id FROM messages WHERE deliveryId = ? AND status = 'queued' AND nextAttemptAt <= ?
                  ORDER BY nextAttemptAt, id LIMIT ${maxDeferred})
       AND EXISTS (SELECT 1 FROM clients c WHERE c.id = messages.clientId AND c.timeZone = ?)`,
    [until, deliveryId, now, timeZone],
  )
  return changes
}

/** Returns the latest moment at which any delivery changed; null without deliveries. The wall clock may be behind it. */
export async function lastChangeAt(sql: ReadSession): Promise<number | null> {
  const row = await sql.first<{ at: number | null }>('SELECT max(updatedAt) AS at FROM deliveries')
  return row?.at ?? null
}

/**
 * Makes messages due that waited for a window, so that the new window decides. A message that the gateway asked to wait
 * keeps waiting; one that was tried before waits no longer than the maximum back-off.
 */
export async function requeueAfterWindowChange(sql: WriteSession, deliveryId: number, now: number): Promise<void> {
  await requeueWaiting(sql, deliveryId, 0, now)
}

/**
 * Makes messages due that the wall clock, set back by `byMs`, has moved into the future; their windows decide again. A
 * message that the gateway asked to wait keeps what is left of its wait.
 */
export async function requeueAfterClockBack(sql: WriteSession, byMs: number, now: number): Promise<void> {
  const started = await sql.all<{ id: number }>(
    `SELECT id FROM deliveries WHERE status IN ('running', 'paused') AND startedAt IS NOT NULL`,
  )
  for (const { id } of started) await requeueWaiting(sql, id, byMs, now)
}

async function requeueWaiting(sql: WriteSession, deliveryId: number, byMs: number, now: number): Promise<void> {
  await sql.run(
    `UPDATE messages SET heldUntil = heldUntil - ?4, nextAttemptAt = CASE
       WHEN heldUntil - ?4 > ?1 THEN MIN(nextAttemptAt, heldUntil - ?4)
       WHEN attempts = 0 THEN ?1
       ELSE MIN(nextAttemptAt, ?3) END
     WHERE deliveryId = ?2 AND status = 'queued' AND nextAttemptAt > ?1`,
    [now, deliveryId, now + retryPolicy.capMs, byMs],
  )
}
