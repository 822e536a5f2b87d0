import type { WriteSession } from '../sqlite/connection.ts'
import { moveCounters } from './counters.ts'
import { type MovedMessages, moveMessages } from './moved-messages.ts'

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
  sql: WriteSession,
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
