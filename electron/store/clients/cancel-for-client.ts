import type { ActivityReason } from '#shared/domain/activity-reasons.ts'
import type { WriteContext } from '../contexts.ts'
import { cancelStatements } from '../send-queue/message-queue.ts'
import { maxNamed, moveEvents } from '../send-queue/moved-messages.ts'

/**
 * Cancels the queued messages to these clients, who are about to be deleted or have opted out. The sender decides about
 * messages in flight. What a deleted delivery has left is about to go anyway. Returns the number of cancelled messages.
 */
export async function cancelMessagesTo(
  { sql, record }: Pick<WriteContext, 'sql' | 'record'>,
  clientIds: readonly number[],
  because: ActivityReason,
): Promise<number> {
  const waiting = await sql.all<{ id: number; deliveryId: number; clientId: number }>(
    `SELECT id, deliveryId, clientId FROM messages
     WHERE clientId IN (SELECT value FROM json_each(?)) AND status = 'queued'
       AND deliveryId NOT IN (SELECT id FROM deleted_deliveries)`,
    [JSON.stringify(clientIds)],
  )
  const statements: string[] = []
  for (const [deliveryId, messages] of Map.groupBy(waiting, (message) => message.deliveryId)) {
    const ids = messages.map((message) => message.id)
    statements.push(...cancelStatements(deliveryId, ids))
    const cancelled = { count: ids.length, named: ids.length > maxNamed ? [] : messages }
    record(...moveEvents(deliveryId, cancelled, 'cancelled', { by: 'operator', because }))
  }
  await sql.exec(statements.join(';\n'))
  return waiting.length
}
