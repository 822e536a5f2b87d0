import type { SenderId } from '../ports/send-queue.ts'
import type { WriteSession } from '../sqlite/connection.ts'
import { moveCounters } from './counters.ts'
import { type MovedMessages, moveMessages } from './moved-messages.ts'

/** Orphans of one delivery, and their new status. */
interface MovedOrphans {
  readonly deliveryId: number
  readonly moved: MovedMessages
  readonly status: 'queued' | 'uncertain'
}

/**
 * Settles every message in flight that no living sender owns: back to the queue, due at once and with the same id; or to
 * `uncertain` where it may not be sent again, because the policy says so or its delivery is cancelled or over. A claim
 * without an owner is from an older version, whose sender is dead.
 */
export async function settleOrphans(
  sql: WriteSession,
  policy: 'resend' | 'hold',
  living: readonly SenderId[],
  now: number,
): Promise<MovedOrphans[]> {
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
  const isOrphan =
    living.length === 0 ? '' : `AND (claimedBy IS NULL OR claimedBy NOT IN (${living.map(Math.trunc).join(',')}))`
  const settled: MovedOrphans[] = []
  for (const { id, first, last, status: delivery, endsAt, sending } of concerned) {
    const status = policy === 'hold' || delivery === 'cancelled' || endsAt <= now ? 'uncertain' : 'queued'
    // The range only narrows the search: other deliveries may have ids in it.
    const moved = await moveMessages(
      sql,
      `UPDATE messages SET status = ?, nextAttemptAt = ?, claimedBy = NULL,
         errorCode = 'interrupted', errorDetail = 'the program ended while the request was in flight'
       WHERE id BETWEEN ? AND ? AND deliveryId = ? AND status = 'sending'
         ${isOrphan}`,
      [status, status === 'queued' ? now : null, first, last, id],
      sending,
    )
    if (moved.count === 0) continue
    await moveCounters(sql, id, { sending: -moved.count, [status]: moved.count })
    settled.push({ deliveryId: id, moved, status })
  }
  return settled
}
