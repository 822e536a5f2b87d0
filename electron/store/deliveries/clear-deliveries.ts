import { allows } from '#shared/domain/states.ts'
import type { WriteContext } from '../contexts.ts'
import { changesIn } from '../journal/field-changes.ts'
import type { ClearedChunk } from '../ports/deliveries.ts'
import { moveCounters, noteEmptyQueue, readCounters } from '../send-queue/counters.ts'
import { type MovedMessages, moveEvents, moveMessages } from '../send-queue/moved-messages.ts'
import type { WriteSession } from '../sqlite/connection.ts'
import { getDeliveryRow, updateDelivery } from './deliveries.ts'

/**
 * Cancelling and deleting. The first transaction stops the sending and decides what everybody sees; it clears only a few
 * messages itself. `clearNext` clears the others in chunks, so that the store's only writer is never held for long. What
 * is left to clear follows from the tables, so that an interrupted clearing continues at the next start.
 */

/** How many messages a cancellation or deletion clears in its own transaction. */
const maxClearedAtOnce = 1000

/** Cancels a delivery and its queued messages. Messages in flight are recorded as they end. */
export async function cancelDelivery(context: WriteContext, id: number, now: number): Promise<void> {
  const { sql, record } = context
  const queued = (await readCounters(sql, id))?.queued ?? 0
  const cancelled: MovedMessages =
    queued > maxClearedAtOnce ? { count: queued, named: [] } : await cancelQueued(sql, id, maxClearedAtOnce)
  await updateDelivery(context, id, { status: 'cancelled', finishedAt: now }, now)
  record(
    { delivery: id, status: 'cancelled', by: 'operator' },
    ...moveEvents(id, cancelled, 'cancelled', { by: 'operator', because: 'deliveryCancelled' }),
  )
}

async function cancelQueued(sql: WriteSession, deliveryId: number, limit: number): Promise<MovedMessages> {
  const moved = await moveMessages(
    sql,
    `UPDATE messages SET status = 'cancelled', nextAttemptAt = NULL
     WHERE id IN (SELECT id FROM messages WHERE deliveryId = ? AND status = 'queued' LIMIT ?)`,
    [deliveryId, limit],
    limit,
  )
  await moveCounters(sql, deliveryId, { queued: -moved.count, cancelled: moved.count })
  return moved
}

/** Cancels a delivery and deletes it with everything that belongs to it. Throws `NotFoundError`. */
export async function deleteDelivery(context: WriteContext, id: number): Promise<void> {
  const { models, sql, transaction, record } = context
  const row = await getDeliveryRow(context, id)
  await sql.run('DELETE FROM activity WHERE deliveryId = ? AND messageId IS NULL', [id])
  if (row.firstMessageId !== null && row.lastMessageId !== null)
    await sql.run('INSERT INTO deleted_deliveries (id, nextMessageId, lastMessageId) VALUES (?, ?, ?)', [
      id,
      row.firstMessageId,
      row.lastMessageId,
    ])
  // The sender finds no such delivery any more: it claims nothing of it, and results of requests in flight have no effect.
  await models.Delivery.destroy({ where: { id }, transaction })
  await deleteMessages(sql, maxClearedAtOnce)
  if (row.startedAt !== null && allows(row.status, 'cancel'))
    record({ delivery: id, status: 'cancelled', by: 'operator' })
  record({
    delivery: id,
    status: 'deleted',
    by: 'operator',
    changes: changesIn({ name: row.name, text: row.text }, {}),
  })
}

/** Clears up to `limit` messages that a cancelled or deleted delivery has left. Returns null when none are left. */
export async function clearNext({ sql }: Pick<WriteContext, 'sql'>, limit: number): Promise<ClearedChunk | null> {
  const deleted = await deleteMessages(sql, limit)
  if (deleted !== null) return deleted
  const cancelled = await sql.first<{ id: number }>(
    `SELECT d.id FROM deliveries d JOIN delivery_counters k ON k.deliveryId = d.id
     WHERE d.status = 'cancelled' AND k.queued > 0 ORDER BY d.id LIMIT 1`,
  )
  if (cancelled === undefined) return null
  const { count } = await cancelQueued(sql, cancelled.id, limit)
  if (count === 0) await noteEmptyQueue(sql, cancelled.id)
  return { deliveryId: cancelled.id, kind: 'cancelled', messages: count }
}

/** Deletes the next messages of a deleted delivery, with their attempts and what happened to them. */
async function deleteMessages(sql: WriteSession, limit: number): Promise<ClearedChunk | null> {
  const deleted = await sql.first<{ id: number; nextMessageId: number; lastMessageId: number }>(
    'SELECT id, nextMessageId, lastMessageId FROM deleted_deliveries ORDER BY id LIMIT 1',
  )
  if (deleted === undefined) return null
  const { id, nextMessageId, lastMessageId } = deleted
  const beyond = await sql.first<{ id: number }>(
    'SELECT id FROM messages WHERE id BETWEEN ? AND ? AND deliveryId = ? ORDER BY id LIMIT 1 OFFSET ?',
    [nextMessageId, lastMessageId, id, limit],
  )
  const chunk = [nextMessageId, beyond === undefined ? lastMessageId : beyond.id - 1, id]
  await sql.run('DELETE FROM activity WHERE messageId BETWEEN ? AND ? AND deliveryId = ?', chunk)
  const { changes } = await sql.run('DELETE FROM messages WHERE id BETWEEN ? AND ? AND deliveryId = ?', chunk)
  if (beyond === undefined) await sql.run('DELETE FROM deleted_deliveries WHERE id = ?', [id])
  else await sql.run('UPDATE deleted_deliveries SET nextMessageId = ? WHERE id = ?', [beyond.id, id])
  return { deliveryId: id, kind: 'deleted', messages: changes }
}
