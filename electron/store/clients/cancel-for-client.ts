import type { ActivityReason } from '#shared/domain/activity-reasons.ts'
import { cancelStatements } from '../send-queue/message-queue.ts'
import { maxNamed, moveEvents } from '../send-queue/moved-messages.ts'
import type { Writing } from '../store.ts'

/**
 * Cancels every message that waits for its turn to these clients, who are about to go or have opted out. Those that are in flight
 * are left to the sender. Gives back how many there were.
 */
export async function cancelMessagesTo(
  { sql, note }: Pick<Writing, 'sql' | 'note'>,
  clientIds: readonly number[],
  because: ActivityReason,
): Promise<number> {
  const waiting = await sql.all<{ id: number; deliveryId: number; clientId: number }>(
    `SELECT id, deliveryId, clientId FROM messages WHERE clientId IN (SELECT value FROM json_each(?)) AND status = 'queued'`,
    [JSON.stringify(clientIds)],
  )
  const statements: string[] = []
  for (const [deliveryId, messages] of Map.groupBy(waiting, (message) => message.deliveryId)) {
    const ids = messages.map((message) => message.id)
    statements.push(...cancelStatements(deliveryId, ids))
    const cancelled = { count: ids.length, named: ids.length > maxNamed ? [] : messages }
    note(...moveEvents(deliveryId, cancelled, 'cancelled', { by: 'operator', because }))
  }
  await sql.exec(statements.join(';\n'))
  return waiting.length
}
