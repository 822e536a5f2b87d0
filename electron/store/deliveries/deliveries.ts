import { fn, type InferAttributes, literal, Op, type WhereOptions } from 'sequelize'
import type { Delivery, DeliveryQuery } from '#shared/contract/deliveries.ts'
import { filterSchema } from '#shared/domain/filter.ts'
import { type MessageCounts, messageStatuses, noMessages, totalOf } from '#shared/domain/states.ts'
import { toInstant } from '../../base/clock.ts'
import { NotFoundError } from '../errors.ts'
import { forgetActivity } from '../journal/activity.ts'
import { changesIn } from '../journal/field-changes.ts'
import type { DeliveryRow } from '../models/delivery.ts'
import { moveCounters, readCounters } from '../send-queue/counters.ts'
import { moveEvents, moveMessages } from '../send-queue/moved-messages.ts'
import type { Reading, Writing } from '../store.ts'

/** What can be written of a delivery by hand. */
export type DeliveryFields = Pick<
  InferAttributes<DeliveryRow>,
  'name' | 'text' | 'filter' | 'startsAt' | 'endsAt' | 'windowFrom' | 'windowTo' | 'ratePerSecond' | 'status'
>

/** A row as the contract says it. */
export function deliveryOf(row: DeliveryRow): Delivery {
  const counts = countsOf(row)
  return {
    id: row.id,
    name: row.name,
    text: row.text,
    filter: filterSchema.parse(JSON.parse(row.filter)),
    startsAt: toInstant(row.startsAt),
    endsAt: toInstant(row.endsAt),
    window: row.windowFrom === null || row.windowTo === null ? null : { from: row.windowFrom, to: row.windowTo },
    ratePerSecond: row.ratePerSecond,
    status: row.status,
    messages: { total: totalOf(counts), byStatus: counts },
    createdAt: toInstant(row.createdAt),
    updatedAt: toInstant(row.updatedAt),
    startedAt: toInstant(row.startedAt),
    finishedAt: toInstant(row.finishedAt),
  }
}

function countsOf({ counters }: DeliveryRow): MessageCounts {
  const counts = noMessages()
  if (counters != null) for (const status of messageStatuses) counts[status] = counters[status]
  return counts
}

/** The row of one delivery with its counters; null when there is none. */
export function findDeliveryRow({ models, ...session }: Reading | Writing, id: number): Promise<DeliveryRow | null> {
  const transaction = 'transaction' in session ? session.transaction : null
  return models.Delivery.findByPk(id, { include: 'counters', transaction })
}

/** The row of one delivery with its counters. Throws `NotFoundError`. */
export async function deliveryRow(session: Reading | Writing, id: number): Promise<DeliveryRow> {
  const row = await findDeliveryRow(session, id)
  if (row === null) throw new NotFoundError('delivery', id)
  return row
}

export async function insertDelivery(
  { models, transaction }: Writing,
  fields: DeliveryFields,
  now: number,
): Promise<number> {
  const row = await models.Delivery.create({ ...fields, createdAt: now, updatedAt: now }, { transaction })
  await models.DeliveryCounters.create({ deliveryId: row.id, ...noMessages() }, { transaction })
  return row.id
}

/**
 * Writes some fields. `updatedAt` grows with every change, even within a millisecond or after the clock was set back: by it the
 * sender tells whether what it knows is still the newest word.
 */
export async function updateDelivery(
  { models, transaction }: Writing,
  id: number,
  fields: Partial<DeliveryFields & { startedAt: number; finishedAt: number | null }>,
  now: number,
): Promise<void> {
  const updatedAt = fn('max', literal('updatedAt + 1'), now)
  await models.Delivery.update({ ...fields, updatedAt }, { where: { id }, transaction })
}

/** Cancels what is queued; what is in flight is recorded as it ends. */
export async function cancelDelivery(writing: Writing, id: number, now: number): Promise<void> {
  const { sql } = writing
  const cancelled = await moveMessages(
    sql,
    `UPDATE messages SET status = 'cancelled', nextAttemptAt = NULL WHERE deliveryId = ? AND status = 'queued'`,
    [id],
    (await readCounters(sql, id))?.queued ?? 0,
  )
  await moveCounters(sql, id, { queued: -cancelled.count, cancelled: cancelled.count })
  await updateDelivery(writing, id, { status: 'cancelled', finishedAt: now }, now)
  writing.note(
    { delivery: id, status: 'cancelled', by: 'operator' },
    ...moveEvents(id, cancelled, 'cancelled', { by: 'operator', because: 'deliveryCancelled' }),
  )
}

/** Removes a delivery with its messages and their attempts. */
export async function removeDelivery({ models, sql, transaction, note }: Writing, row: DeliveryRow): Promise<void> {
  if (row.firstMessageId !== null && row.lastMessageId !== null) {
    await sql.run('DELETE FROM messages WHERE id BETWEEN ? AND ?', [row.firstMessageId, row.lastMessageId])
  }
  await forgetActivity(sql, row)
  await models.Delivery.destroy({ where: { id: row.id }, transaction })
  note({
    delivery: row.id,
    status: 'deleted',
    by: 'operator',
    changes: changesIn({ name: row.name, text: row.text }, {}),
  })
}

function conditionOf({ search, status }: DeliveryQuery): WhereOptions<InferAttributes<DeliveryRow>> {
  const escaped = search?.replace(/[\\%_]/g, '\\$&')
  return {
    ...(status === undefined ? {} : { status }),
    ...(escaped === undefined || escaped === '' ? {} : { name: { [Op.like]: `%${escaped}%` } }),
  }
}

/** Newest first, from below `beforeId`. */
export async function listDeliveries(
  { models }: Reading,
  query: DeliveryQuery,
  { beforeId, limit }: { readonly beforeId: number | null; readonly limit: number },
): Promise<{ items: Delivery[]; count: number; nextBeforeId: number | null }> {
  const where = conditionOf(query)
  const count = await models.Delivery.count({ where })
  const rows = await models.Delivery.findAll({
    where: beforeId === null ? where : { [Op.and]: [where, { id: { [Op.lt]: beforeId } }] },
    include: 'counters',
    order: [['id', 'DESC']],
    limit: limit + 1,
  })
  const items = rows.slice(0, limit).map(deliveryOf)
  return { items, count, nextBeforeId: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Newest first, by limit and offset. */
export async function pageDeliveries(
  { models }: Reading,
  query: DeliveryQuery,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ results: Delivery[]; count: number }> {
  const where = conditionOf(query)
  const { rows, count } = await models.Delivery.findAndCountAll({
    where,
    include: 'counters',
    order: [['id', 'DESC']],
    limit,
    offset,
  })
  return { results: rows.map(deliveryOf), count }
}
