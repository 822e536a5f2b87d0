import { type MessageCounts, type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'

/** The change in the number of messages of each status. */
export type CountChanges = { readonly [status in MessageStatus]?: number }

/** Returns the statement that changes the counters of a delivery; none when nothing changes. Belongs to the transaction of the change. */
export function countersStatements(deliveryId: number, changes: CountChanges): string[] {
  const moves = messageStatuses.flatMap((status) => {
    const by = changes[status] ?? 0
    return by === 0 ? [] : [`${status} = ${status} + ${Math.trunc(by)}`]
  })
  return moves.length === 0
    ? []
    : [`UPDATE delivery_counters SET ${moves.join(', ')} WHERE deliveryId = ${Math.trunc(deliveryId)}`]
}

/** Moves the counters of a delivery. Belongs to the transaction of the change. */
export async function moveCounters(sql: WriteSession, deliveryId: number, changes: CountChanges): Promise<void> {
  for (const statement of countersStatements(deliveryId, changes)) await sql.exec(statement)
}

/** Returns the counters of one delivery; undefined when there is no such delivery. */
export async function readCounters(sql: ReadSession, deliveryId: number): Promise<MessageCounts | undefined> {
  return sql.first<MessageCounts>(`SELECT ${messageStatuses.join(', ')} FROM delivery_counters WHERE deliveryId = ?`, [
    deliveryId,
  ])
}

/**
 * Corrects the counter of a delivery whose queue was found empty. What works until the counter is 0 would otherwise never
 * end, if a store had a wrong one.
 */
export async function noteEmptyQueue(sql: WriteSession, deliveryId: number): Promise<void> {
  await sql.run('UPDATE delivery_counters SET queued = 0 WHERE deliveryId = ?', [deliveryId])
}
