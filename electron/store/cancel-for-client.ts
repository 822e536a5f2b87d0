import type { SqlSession } from './connection.ts'
import { cancelStatements } from './message-queue.ts'

/**
 * Cancels every message that waits for its turn to this client, who is about to go or has opted out. One that is in flight
 * is left to the sender. Runs inside the caller's transaction. Gives back how many there were.
 */
export async function cancelMessagesTo(sql: SqlSession, clientId: number): Promise<number> {
  const waiting = await sql.all<{ id: number; deliveryId: number }>(
    `SELECT id, deliveryId FROM messages WHERE clientId = ? AND status = 'queued'`,
    [clientId],
  )
  await sql.exec(waiting.flatMap(({ id, deliveryId }) => cancelStatements(deliveryId, [id])).join(';\n'))
  return waiting.length
}
