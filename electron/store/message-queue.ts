import type { DeliveryStatus, ErrorCode } from '#shared/domain/states.ts'
import type { SqlSession } from './connection.ts'
import { type CountChanges, countersStatements, moveCounters } from './counters.ts'
import { type MovedMessages, moveMessages } from './moved-messages.ts'

/**
 * The hot path: the queue of messages and the ledger of what became of them. Every function runs inside the caller's
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

/** What is to be written of one message after an attempt. */
export interface Recorded {
  readonly id: number
  readonly deliveryId: number
  readonly verdict:
    | { readonly status: 'sent' }
    | { readonly status: 'failed' | 'expired' | 'cancelled' }
    | { readonly status: 'queued'; readonly nextAttemptAt: number }
  /** Attempts used up so far, this one included when it counts. */
  readonly attempts: number
  /** Set unless the gateway accepted the message. */
  readonly attempt: FailedAttempt | null
}

export interface FailedAttempt {
  readonly number: number
  readonly startedAt: number
  readonly durationMs: number
  readonly httpStatus: number | null
  readonly errorCode: ErrorCode
  readonly errorDetail: string
}

/** Which deliveries may send at this moment. */
export function findRunning(sql: SqlSession, now: number): Promise<RunningDelivery[]> {
  return sql.all<RunningDelivery>(
    `SELECT id, name, text, endsAt, windowFrom, windowTo, ratePerSecond, updatedAt FROM deliveries
     WHERE status = 'running' AND endsAt > ? ORDER BY id`,
    [now],
  )
}

/** The present state of deliveries, to judge results by. One that was deleted is missing. */
export async function findStates(
  sql: SqlSession,
  ids: readonly number[],
): Promise<Map<number, { readonly status: DeliveryStatus; readonly endsAt: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await sql.all<{ id: number; status: DeliveryStatus; endsAt: number }>(
    `SELECT id, status, endsAt FROM deliveries WHERE id IN (${ids.join(',')})`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The first messages of a delivery whose turn has come; none when the delivery is not as the caller knows it any more. */
export function findDueMessages(
  sql: SqlSession,
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
export async function isCurrent(sql: SqlSession, { id, updatedAt }: RunningDelivery): Promise<boolean> {
  const row = await sql.first<{ updatedAt: number }>('SELECT updatedAt FROM deliveries WHERE id = ?', [id])
  return row?.updatedAt === updatedAt
}

/** When the next message of a delivery is due; null when its queue is empty. */
export async function nextDueAt(sql: SqlSession, deliveryId: number): Promise<number | null> {
  const row = await sql.first<{ at: number | null }>(
    `SELECT MIN(nextAttemptAt) AS at FROM messages WHERE deliveryId = ? AND status = 'queued'`,
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

/** Puts queued messages of one delivery and time zone off until their window opens. Gives back how many. */
export async function putOff(
  sql: SqlSession,
  deliveryId: number,
  timeZone: string,
  now: number,
  until: number,
): Promise<number> {
  const { changes } = await sql.run(
    `UPDATE messages SET nextAttemptAt = ?
     WHERE deliveryId = ? AND status = 'queued' AND nextAttemptAt <= ?
       AND EXISTS (SELECT 1 FROM clients c WHERE c.id = messages.clientId AND c.timeZone = ?)`,
    [until, deliveryId, now, timeZone],
  )
  return changes
}

/** The longest back-off; whoever waits longer waits for a window (or because the gateway said so). */
const longestBackOffMs = 300_000

/** Makes messages due that waited for a window, so that a new one decides; those after a failure keep their back-off. */
export async function freeFromWindow(sql: SqlSession, deliveryId: number, now: number): Promise<void> {
  await sql.run(
    `UPDATE messages SET nextAttemptAt = CASE attempts WHEN 0 THEN ?1 ELSE MIN(nextAttemptAt, ?3) END
     WHERE deliveryId = ?2 AND status = 'queued' AND nextAttemptAt > ?1`,
    [now, deliveryId, now + longestBackOffMs],
  )
}

/** Writes results down: the messages, their counters, the attempts that went wrong, and the timeline. */
export function recordStatements(results: readonly Recorded[], now: number): string[] {
  const sent = Map.groupBy(
    results.filter((result) => result.verdict.status === 'sent'),
    (result) => result.attempts,
  )
  const statements = [...sent].map(([attempts, group]) => sentStatement(group, attempts, now))
  for (const [deliveryId, tally] of tallyOf(results)) {
    statements.push(...countersStatements(deliveryId, tally.changes), ...timelineStatements(deliveryId, tally, now))
    for (const [code, count] of tally.errors) statements.push(errorStatement(deliveryId, code, count))
  }
  return [...statements, ...otherStatements(results.filter((result) => result.verdict.status !== 'sent'))]
}

function sentStatement(results: readonly Recorded[], attempts: number, now: number): string {
  const ids = results.map((result) => result.id).join(',')
  return `UPDATE messages SET status = 'sent', attempts = ${attempts}, sentAt = ${now}, nextAttemptAt = NULL, errorCode = NULL, errorDetail = NULL WHERE id IN (${ids})`
}

interface Tally {
  readonly changes: CountChanges
  readonly sent: number
  readonly failed: number
  readonly errors: ReadonlyMap<ErrorCode, number>
}

function tallyOf(results: readonly Recorded[]): Map<number, Tally> {
  const tallies = new Map<number, Tally>()
  for (const [deliveryId, group] of Map.groupBy(results, (result) => result.deliveryId)) {
    const counts = { sent: 0, failed: 0, expired: 0, cancelled: 0, queued: 0 }
    const errors = new Map<ErrorCode, number>()
    for (const { verdict, attempt } of group) {
      counts[verdict.status] += 1
      if (attempt !== null) errors.set(attempt.errorCode, (errors.get(attempt.errorCode) ?? 0) + 1)
    }
    tallies.set(deliveryId, {
      changes: { ...counts, sending: -group.length },
      sent: counts.sent,
      failed: counts.failed,
      errors,
    })
  }
  return tallies
}

// Both upserts insert from the delivery's own row: nothing is written of a delivery that was deleted meanwhile.

function timelineStatements(deliveryId: number, { sent, failed }: Tally, now: number): string[] {
  if (sent + failed === 0) return []
  const second = Math.floor(now / 1000) * 1000
  return [
    `INSERT INTO delivery_timeline (deliveryId, at, sent, failed) SELECT id, ${second}, ${sent}, ${failed} FROM deliveries WHERE id = ${deliveryId}
    ON CONFLICT (deliveryId, at) DO UPDATE SET sent = sent + excluded.sent, failed = failed + excluded.failed`,
  ]
}

function errorStatement(deliveryId: number, code: ErrorCode, count: number): string {
  return `INSERT INTO delivery_errors (deliveryId, code, count) SELECT id, '${code}', ${count} FROM deliveries WHERE id = ${deliveryId}
    ON CONFLICT (deliveryId, code) DO UPDATE SET count = count + excluded.count`
}

/** Everything but `sent` differs from message to message, so it goes in as one JSON text. */
function otherStatements(results: readonly Recorded[]): string[] {
  if (results.length === 0) return []
  const rows = results.map(({ id, verdict, attempts, attempt }) => ({
    id,
    status: verdict.status,
    attempts,
    nextAttemptAt: verdict.status === 'queued' ? verdict.nextAttemptAt : null,
    ...attempt,
  }))
  const source = `json_each('${JSON.stringify(rows).replaceAll("'", "''")}') r`
  return [
    `UPDATE messages SET status = r.value ->> 'status', attempts = r.value ->> 'attempts', nextAttemptAt = r.value ->> 'nextAttemptAt',
       errorCode = COALESCE(r.value ->> 'errorCode', errorCode), errorDetail = COALESCE(r.value ->> 'errorDetail', errorDetail)
     FROM ${source} WHERE messages.id = r.value ->> 'id'`,
    `INSERT INTO attempts (messageId, number, startedAt, durationMs, httpStatus, errorCode, errorDetail)
     SELECT m.id, r.value ->> 'number', r.value ->> 'startedAt', r.value ->> 'durationMs', r.value ->> 'httpStatus', r.value ->> 'errorCode', r.value ->> 'errorDetail'
     FROM ${source} JOIN messages m ON m.id = r.value ->> 'id' WHERE r.value ->> 'number' IS NOT NULL`,
  ]
}

/** What a dead process left in flight of one delivery, and what it is now. */
export interface SettledOrphans {
  readonly deliveryId: number
  readonly moved: MovedMessages
  readonly status: 'queued' | 'uncertain'
}

/**
 * Settles every message that a dead process left in flight: back to the queue, due at once and with the same id; or
 * `uncertain` where it may not be sent again, because the operator wants to decide or its delivery was cancelled or has ended. At a start every row in
 * `sending` is such an orphan: this process has the directory alone and has sent nothing yet.
 */
export async function settleOrphans(
  sql: SqlSession,
  policy: 'resend' | 'hold',
  now: number,
): Promise<SettledOrphans[]> {
  const concerned = await sql.all<{
    id: number
    first: number
    last: number
    status: string
    endsAt: number
    sending: number
  }>(
    `SELECT d.id, d.firstMessageId AS first, d.lastMessageId AS last, d.status, d.endsAt, k.sending
     FROM deliveries d JOIN delivery_counters k ON k.deliveryId = d.id WHERE k.sending > 0`,
  )
  const settled: SettledOrphans[] = []
  for (const { id, first, last, status: delivery, endsAt, sending } of concerned) {
    const status = policy === 'hold' || delivery === 'cancelled' || endsAt <= now ? 'uncertain' : 'queued'
    const moved = await moveMessages(
      sql,
      `UPDATE messages SET status = ?, nextAttemptAt = ?, errorCode = 'interrupted', errorDetail = 'the program ended while the request was in flight'
       WHERE id BETWEEN ? AND ? AND status = 'sending'`,
      [status, status === 'queued' ? now : null, first, last],
      sending,
    )
    await moveCounters(sql, id, { sending: -moved.count, [status]: moved.count })
    settled.push({ deliveryId: id, moved, status })
  }
  return settled
}
