import type { Resolution } from '#shared/domain/retry-and-resolve.ts'
import { moveCounters, readCounters } from '../send-queue/counters.ts'
import { timelineStatements } from '../send-queue/message-results.ts'
import { type MovedMessages, moveMessages } from '../send-queue/moved-messages.ts'
import type { WriteSession } from '../sqlite/connection.ts'

/** The messages concerned: all of a delivery, or one of them. */
export interface Concerned {
  readonly deliveryId: number
  readonly messageId?: number
}

/** The status that each of them leads to. */
export const becomes = { sent: 'sent', resend: 'queued', failed: 'failed' } as const

/**
 * Puts every message of a delivery that failed, or whose fate is unknown, back into the queue, due at once, with its id and a
 * fresh set of attempts. Gives back which. Runs inside the caller's transaction.
 */
export async function requeue(
  sql: WriteSession,
  deliveryId: number,
  status: 'failed' | 'uncertain',
  now: number,
): Promise<MovedMessages> {
  return move(sql, { deliveryId }, status, 'resend', now)
}

/** Writes down what the operator knows of messages whose fate the program does not. Gives back which there were. */
export function resolveUncertain(
  sql: WriteSession,
  concerned: Concerned,
  resolution: Resolution,
  now: number,
): Promise<MovedMessages> {
  return move(sql, concerned, 'uncertain', resolution, now)
}

async function move(
  sql: WriteSession,
  { deliveryId, messageId }: Concerned,
  from: 'failed' | 'uncertain',
  resolution: Resolution,
  now: number,
): Promise<MovedMessages> {
  const status = becomes[resolution]
  const assignments = {
    sent: `sentAt = ${now}, nextAttemptAt = NULL, errorCode = NULL, errorDetail = NULL`,
    resend: `attempts = 0, nextAttemptAt = ${now}`,
    failed: 'nextAttemptAt = NULL',
  }
  // The second condition on the state names the partial index.
  const moved = await moveMessages(
    sql,
    `UPDATE messages SET status = ?, ${assignments[resolution]}
     WHERE deliveryId = ? AND status = ? AND status IN ('failed', 'expired', 'cancelled', 'uncertain') ${messageId === undefined ? '' : 'AND id = ?'}`,
    [status, deliveryId, from, ...(messageId === undefined ? [] : [messageId])],
    (await readCounters(sql, deliveryId))?.[from] ?? 0,
  )
  await moveCounters(sql, deliveryId, { [from]: -moved.count, [status]: moved.count })
  // What is settled came in now; a failure that is tried again is taken back.
  const { count } = moved
  const results = resolution === 'resend' ? { retried: from === 'failed' ? count : 0 } : { [resolution]: count }
  for (const statement of timelineStatements(deliveryId, results, now)) await sql.exec(statement)
  return moved
}
