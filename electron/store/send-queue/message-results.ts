import type { ErrorCode } from '#shared/domain/states.ts'
import type { MessageResult } from '../ports/send-queue.ts'
import { jsonLiteral } from '../sqlite/json-literal.ts'
import { type CountChanges, countersStatements } from './counters.ts'

/** What became of messages, and the request that each result came from. Runs inside the caller's transaction. */

/** Records results: messages, counters, every request, errors by kind, and the timeline. The claim ends with it. */
export function resultStatements(results: readonly MessageResult[], now: number): string[] {
  const sent = results.filter((result) => result.verdict.status === 'sent')
  const statements = sent.length === 0 ? [] : [sentStatement(sent, now)]
  for (const [deliveryId, tally] of tallyOf(results)) {
    statements.push(...countersStatements(deliveryId, tally.changes), ...timelineStatements(deliveryId, tally, now))
    for (const [code, count] of tally.errors) statements.push(errorStatement(deliveryId, code, count))
  }
  return [
    ...statements,
    ...otherStatements(results.filter((result) => result.verdict.status !== 'sent')),
    ...attemptStatements(results),
  ]
}

function sentStatement(results: readonly MessageResult[], now: number): string {
  const ids = results.map((result) => result.id).join(',')
  return `UPDATE messages SET status = 'sent', attempts = attempts + 1, sentAt = ${now}, claimedBy = NULL, nextAttemptAt = NULL, heldUntil = NULL, errorCode = NULL, errorDetail = NULL WHERE id IN (${ids})`
}

interface Tally {
  readonly changes: CountChanges
  readonly sent: number
  readonly failed: number
  readonly errors: ReadonlyMap<ErrorCode, number>
}

function tallyOf(results: readonly MessageResult[]): Map<number, Tally> {
  const tallies = new Map<number, Tally>()
  for (const [deliveryId, group] of Map.groupBy(results, (result) => result.deliveryId)) {
    const counts = { sent: 0, failed: 0, expired: 0, cancelled: 0, queued: 0 }
    const errors = new Map<ErrorCode, number>()
    for (const { verdict, attempt } of group) {
      counts[verdict.status] += 1
      const code = attempt?.errorCode
      if (code != null) errors.set(code, (errors.get(code) ?? 0) + 1)
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

/** Counts results in the second in which they came in; `retried` subtracts failures that are tried again. */
export function timelineStatements(
  deliveryId: number,
  {
    sent = 0,
    failed = 0,
    retried = 0,
  }: { readonly sent?: number; readonly failed?: number; readonly retried?: number },
  now: number,
): string[] {
  if (sent + failed + retried === 0) return []
  const second = Math.floor(now / 1000) * 1000
  return [
    `INSERT INTO delivery_timeline (deliveryId, at, sent, failed, retried) SELECT id, ${second}, ${sent}, ${failed}, ${retried} FROM deliveries WHERE id = ${deliveryId}
    ON CONFLICT (deliveryId, at) DO UPDATE SET sent = sent + excluded.sent, failed = failed + excluded.failed, retried = retried + excluded.retried`,
  ]
}

function errorStatement(deliveryId: number, code: ErrorCode, count: number): string {
  return `INSERT INTO delivery_errors (deliveryId, code, count) SELECT id, '${code}', ${count} FROM deliveries WHERE id = ${deliveryId}
    ON CONFLICT (deliveryId, code) DO UPDATE SET count = count + excluded.count`
}

/** Everything but `sent` differs from message to message, so it goes in as one JSON text. */
function otherStatements(results: readonly MessageResult[]): string[] {
  if (results.length === 0) return []
  const rows = results.map(({ id, verdict, attempt }) => [
    id,
    verdict.status,
    attempt?.counted === true ? 1 : 0,
    verdict.status === 'queued' ? verdict.nextAttemptAt : null,
    verdict.status === 'queued' ? verdict.heldUntil : null,
    attempt?.errorCode ?? null,
    attempt?.detail ?? null,
  ])
  return [
    `UPDATE messages SET status = r.value ->> 1, attempts = attempts + (r.value ->> 2), nextAttemptAt = r.value ->> 3,
       heldUntil = r.value ->> 4, claimedBy = NULL,
       errorCode = COALESCE(r.value ->> 5, errorCode), errorDetail = COALESCE(r.value ->> 6, errorDetail)
     FROM json_each(${jsonLiteral(rows)}) r WHERE messages.id = r.value ->> 0`,
  ]
}

/** Joined with the messages, so that nothing is written of those that were deleted with their delivery meanwhile. */
function attemptStatements(results: readonly MessageResult[]): string[] {
  const accepted: string[] = []
  const others: unknown[] = []
  for (const { id, verdict, attempt } of results) {
    if (attempt === null) continue
    const { startedAt, durationMs, httpStatus, counted, errorCode, detail } = attempt
    // Most are accepted without any words, and numbers need no quoting: several times cheaper than JSON.
    if (errorCode === null && detail === '') accepted.push(`(${id},${startedAt},${durationMs},${httpStatus})`)
    else others.push([id, startedAt, durationMs, httpStatus, counted ? 1 : 0, verdict.status, errorCode, detail])
  }
  const into =
    'INSERT INTO attempts (messageId, startedAt, durationMs, httpStatus, counted, status, errorCode, detail) SELECT m.id,'
  const statements: string[] = []
  if (accepted.length > 0)
    statements.push(
      `${into} r.column2, r.column3, r.column4, 1, 'sent', NULL, '' FROM (VALUES ${accepted.join(',')}) r CROSS JOIN messages m ON m.id = r.column1`,
    )
  if (others.length > 0)
    statements.push(
      `${into} r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, r.value ->> 5, r.value ->> 6, r.value ->> 7
       FROM json_each(${jsonLiteral(others)}) r CROSS JOIN messages m ON m.id = r.value ->> 0`,
    )
  return statements
}
