import type { DeliveryStatus } from '#shared/domain/states.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'
import { type CountChanges, countersStatements } from './counters.ts'

/**
 * The hot path: the queue of messages. What became of them is written down in message-results.ts. Every function runs inside the caller's
 * transaction. Ids are integers of our own, so they stand in the SQL itself: twice as fast as bound values.
 */

/** A delivery that messages may go out of now. */
export interface RunningDelivery {
  readonly id: number
  readonly name: string
  readonly text: string
  readonly endsAt: number
  readonly windowFrom: string | null
  readonly windowTo: string | null
  readonly ratePerSecond: number | null
  /** Tells whether this is still the newest word on the delivery. */
  readonly updatedAt: number
}

/** A message whose turn has come, with what the checks and the text need of its client. */
export interface DueMessage {
  readonly id: number
  readonly phone: string
  readonly attempts: number
  readonly clientId: number | null
  readonly optedOutAt: number | null
  readonly timeZone: string | null
  readonly name: string | null
  readonly attributes: string | null
}

/** Which deliveries may send at this moment. */
export function findRunning(sql: ReadSession, now: number): Promise<RunningDelivery[]> {
  return sql.all<RunningDelivery>(
    `SELECT id, name, text, endsAt, windowFrom, windowTo, ratePerSecond, updatedAt FROM deliveries
     WHERE status = 'running' AND endsAt > ? ORDER BY id`,
    [now],
  )
}

/** The present state of deliveries, to judge results by. One that was deleted is missing. */
export async function findStates(
  sql: ReadSession,
  ids: readonly number[],
): Promise<Map<number, { readonly status: DeliveryStatus; readonly endsAt: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await sql.all<{ id: number; status: DeliveryStatus; endsAt: number }>(
    `SELECT id, status, endsAt FROM deliveries WHERE id IN (${ids.join(',')})`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** How many attempts messages have used up by now. One that was deleted is missing. */
export async function findAttempts(sql: ReadSession, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await sql.all<{ id: number; attempts: number }>(
    `SELECT id, attempts FROM messages WHERE id IN (${ids.join(',')})`,
  )
  return new Map(rows.map((row) => [row.id, row.attempts]))
}

/** The first messages of a delivery whose turn has come; none when the delivery is not as the caller knows it any more. */
export function findDueMessages(
  sql: ReadSession,
  delivery: RunningDelivery,
  now: number,
  limit: number,
): Promise<DueMessage[]> {
  return sql.all<DueMessage>(
    `SELECT m.id, m.phone, m.attempts, m.clientId, coalesce(c.optedOutAt, n.addedAt) AS optedOutAt, c.timeZone, c.name, c.attributes
     FROM deliveries d CROSS JOIN messages m LEFT JOIN clients c ON c.id = m.clientId
       LEFT JOIN do_not_contact n ON n.phone = m.phone
     WHERE d.id = ?1 AND d.status = 'running' AND d.updatedAt = ?2 AND d.endsAt > ?3
       AND m.deliveryId = ?1 AND m.status = 'queued' AND m.nextAttemptAt <= ?3
     ORDER BY m.nextAttemptAt, m.id LIMIT ?4`,
    [delivery.id, delivery.updatedAt, now, limit],
  )
}

/** Whether the delivery is still as the caller knows it. */
export async function isCurrent(sql: ReadSession, { id, updatedAt }: RunningDelivery): Promise<boolean> {
  const row = await sql.first<{ updatedAt: number }>('SELECT updatedAt FROM deliveries WHERE id = ?', [id])
  return row?.updatedAt === updatedAt
}

/** When the next message of a delivery is due; null when its queue is empty. */
export async function nextDueAt(sql: ReadSession, deliveryId: number): Promise<number | null> {
  const row = await sql.first<{ at: number | null }>(
    `SELECT MIN(nextAttemptAt) AS at FROM messages WHERE deliveryId = ? AND status = 'queued'`,
    [deliveryId],
  )
  return row?.at ?? null
}

/** When the last message of a delivery may be tried that hours or a retry hold back; null when its queue is empty. */
export async function lastDueAt(sql: ReadSession, deliveryId: number): Promise<number | null> {
  const row = await sql.first<{ at: number | null }>(
    `SELECT MAX(nextAttemptAt) AS at FROM messages WHERE deliveryId = ? AND status = 'queued'`,
    [deliveryId],
  )
  return row?.at ?? null
}

/** Marks messages as in flight; must be on disk before any request begins. */
export function claimStatements(deliveryId: number, ids: readonly number[]): string[] {
  return moveStatements(deliveryId, ids, `status = 'sending'`, { queued: -ids.length, sending: ids.length })
}

/** Takes queued messages out for good: their client is gone or has opted out. */
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

/** So many messages are looked at in one go: a tenth of a second of the store's only writer. */
const maxDeferred = 50_000

/**
 * Puts queued messages of one delivery and time zone off until their window opens, among those that are due first; the caller comes again
 * for the others. Gives back how many.
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

/** Makes messages due whose turn has moved into the future because the wall clock was set back; their windows decide anew. */
export async function requeueAfterClockBack(sql: WriteSession, now: number): Promise<void> {
  const going = await sql.all<{ id: number }>(
    `SELECT id FROM deliveries WHERE status IN ('running', 'paused') AND startedAt IS NOT NULL`,
  )
  for (const { id } of going) await requeueAfterWindowChange(sql, id, now)
}

/** The newest moment that the deliveries know of; null when there are none. The wall clock may have been set back since. */
export async function lastChangeAt(sql: ReadSession): Promise<number | null> {
  const row = await sql.first<{ at: number | null }>('SELECT max(updatedAt) AS at FROM deliveries')
  return row?.at ?? null
}

/** The longest back-off; whoever waits longer waits for a window (or because the gateway said so). */
const longestBackOffMs = 300_000

/** Makes messages due that waited for a window, so that a new one decides; those after a failure keep their back-off. */
export async function requeueAfterWindowChange(sql: WriteSession, deliveryId: number, now: number): Promise<void> {
  await sql.run(
    `UPDATE messages SET nextAttemptAt = CASE attempts WHEN 0 THEN ?1 ELSE MIN(nextAttemptAt, ?3) END
     WHERE deliveryId = ?2 AND status = 'queued' AND nextAttemptAt > ?1`,
    [now, deliveryId, now + longestBackOffMs],
  )
}
