import type { Resolution } from '#shared/domain/retry-and-resolve.ts'
import type { WriteContext } from '../contexts.ts'
import type { UncertainMessages } from '../ports/deliveries.ts'
import { moveCounters, readCounters } from '../send-queue/counters.ts'
import { timelineStatements } from '../send-queue/message-results.ts'
import { type MovedMessages, moveEvents, moveMessages } from '../send-queue/moved-messages.ts'
import type { WriteSession } from '../sqlite/connection.ts'

/** The status that each resolution leads to. */
const statusAfter = { sent: 'sent', resend: 'queued', failed: 'failed' } as const

/**
 * Puts the failed or uncertain messages of a delivery back into the queue: due now, with their ids and fresh attempts.
 * Returns their number.
 */
export async function requeueMessages(
  { sql, record }: WriteContext,
  deliveryId: number,
  status: 'failed' | 'uncertain',
  now: number,
): Promise<number> {
  const moved = await move(sql, { deliveryId }, status, 'resend', now)
  record(...moveEvents(deliveryId, moved, 'queued', { was: status, by: 'operator' }))
  return moved.count
}

/** Records what the user knows about uncertain messages. Returns their number. */
export async function resolveMessages(
  { sql, record }: WriteContext,
  which: UncertainMessages,
  resolution: Resolution,
  now: number,
): Promise<number> {
  const moved = await move(sql, which, 'uncertain', resolution, now)
  record(...moveEvents(which.deliveryId, moved, statusAfter[resolution], { was: 'uncertain', by: 'operator' }))
  return moved.count
}

async function move(
  sql: WriteSession,
  { deliveryId, messageId }: UncertainMessages,
  from: 'failed' | 'uncertain',
  resolution: Resolution,
  now: number,
): Promise<MovedMessages> {
  const status = statusAfter[resolution]
  const assignments = {
    sent: `sentAt = ${now}, nextAttemptAt = NULL, errorCode = NULL, errorDetail = NULL`,
    resend: `attempts = 0, nextAttemptAt = ${now}`,
    failed: 'nextAttemptAt = NULL',
  }
  // The second condition on the status names the partial index.
  const moved = await moveMessages(
    sql,
    `UPDATE messages SET status = ?, ${assignments[resolution]}
     WHERE deliveryId = ? AND status = ? AND status IN ('failed', 'expired', 'cancelled', 'uncertain') ${messageId === undefined ? '' : 'AND id = ?'}`,
    [status, deliveryId, from, ...(messageId === undefined ? [] : [messageId])],
    (await readCounters(sql, deliveryId))?.[from] ?? 0,
  )
  await moveCounters(sql, deliveryId, { [from]: -moved.count, [status]: moved.count })
  // A resolution counts in the timeline now; a failure that is sent again is subtracted from it.
  const { count } = moved
  const results = resolution === 'resend' ? { retried: from === 'failed' ? count : 0 } : { [resolution]: count }
  for (const statement of timelineStatements(deliveryId, results, now)) await sql.exec(statement)
  return moved
}
