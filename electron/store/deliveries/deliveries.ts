import { fn, type InferAttributes, literal, Op, type WhereOptions } from 'sequelize'
import * as z from 'zod'
import type { Delivery, DeliveryQuery } from '#shared/contract/deliveries.ts'
import { filterSchema } from '#shared/domain/filter.ts'
import { type MessageCounts, messageStatuses, noMessages, totalOf } from '#shared/domain/states.ts'
import { toInstant } from '../../base/clock.ts'
import type { ReadContext, WriteContext } from '../contexts.ts'
import { NotFoundError } from '../errors.ts'
import type { DeliveryRow } from '../models/delivery.ts'
import { decodeCursor, encodeCursor } from '../ports/cursor.ts'
import type { DeliveryFields, DeliveryWrites } from '../ports/deliveries.ts'
import type { CursorPage, Keyset, Offset, OffsetPage } from '../ports/paging.ts'
import { startDelivery } from '../send-queue/delivery-life.ts'
import type { ReadSession } from '../sqlite/connection.ts'

/** Returns a delivery; null when there is none. */
export async function findDelivery(context: ReadContext, id: number): Promise<Delivery | null> {
  const row = await findDeliveryRow(context, id)
  return row === null ? null : deliveryOf(row)
}

/** Returns a delivery. Throws `NotFoundError`. */
export async function getDelivery(context: ReadContext, id: number): Promise<Delivery> {
  return deliveryOf(await getDeliveryRow(context, id))
}

/** Returns the row of a delivery with its counters. Throws `NotFoundError`. */
export async function getDeliveryRow(context: ReadContext, id: number): Promise<DeliveryRow> {
  const row = await findDeliveryRow(context, id)
  if (row === null) throw new NotFoundError('delivery', id)
  return row
}

function findDeliveryRow({ models, transaction }: ReadContext, id: number): Promise<DeliveryRow | null> {
  return models.Delivery.findByPk(id, { include: 'counters', transaction })
}

function deliveryOf(row: DeliveryRow): Delivery {
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

/** Returns the ids of the deliveries that are running or scheduled. */
export async function activeDeliveries(sql: ReadSession): Promise<number[]> {
  const rows = await sql.all<{ id: number }>(
    `SELECT id FROM deliveries WHERE status IN ('running', 'scheduled') ORDER BY id`,
  )
  return rows.map((row) => row.id)
}

/** Adds a delivery and returns its id. */
export async function insertDelivery(
  { models, transaction }: WriteContext,
  { status, ...fields }: Parameters<DeliveryWrites['create']>[0],
  now: number,
): Promise<number> {
  const row = await models.Delivery.create(
    { ...columnsOf(fields), status, createdAt: now, updatedAt: now },
    { transaction },
  )
  await models.DeliveryCounters.create({ deliveryId: row.id, ...noMessages() }, { transaction })
  return row.id
}

/**
 * Changes the given fields. `updatedAt` grows with every change, even within a millisecond or after the clock was set
 * back: the sender compares it to learn whether its copy of the delivery is current.
 */
export async function updateDelivery(
  { models, transaction }: WriteContext,
  id: number,
  { status, finishedAt, ...fields }: Parameters<DeliveryWrites['update']>[1],
  now: number,
): Promise<void> {
  const columns = {
    ...columnsOf(fields),
    ...(status === undefined ? {} : { status }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    updatedAt: fn('max', literal('updatedAt + 1'), now),
  }
  await models.Delivery.update(columns, { where: { id }, transaction })
}

/** Returns fields as columns have them. A field that is left out has no column. */
function columnsOf(fields: DeliveryFields): Columns
function columnsOf(fields: Partial<DeliveryFields>): Partial<Columns>
function columnsOf({ filter, window, ...fields }: Partial<DeliveryFields>): Partial<Columns> {
  return {
    ...fields,
    ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
    ...(window === undefined ? {} : { windowFrom: window?.from ?? null, windowTo: window?.to ?? null }),
  }
}

type Columns = Pick<
  InferAttributes<DeliveryRow>,
  'name' | 'text' | 'filter' | 'startsAt' | 'endsAt' | 'windowFrom' | 'windowTo' | 'ratePerSecond'
>

/** Starts a delivery: fixes its audience and records that. */
export async function startAndRecord(
  { sql, record }: WriteContext,
  id: number,
  now: number,
  reason: Parameters<DeliveryWrites['start']>[2],
): Promise<void> {
  record(...(await startDelivery(sql, id, now, reason)))
}

function conditionOf({ search, status }: DeliveryQuery): WhereOptions<InferAttributes<DeliveryRow>> {
  const escaped = search?.replace(/[\\%_]/g, '\\$&')
  return {
    ...(status === undefined ? {} : { status }),
    ...(escaped === undefined || escaped === '' ? {} : { name: { [Op.like]: `%${escaped}%` } }),
  }
}

const placeSchema = z.tuple([z.number()])

/** Returns a page of the console's list, the newest first. */
export async function listDeliveries(
  { models, transaction }: ReadContext,
  { cursor, limit, ...query }: DeliveryQuery & Keyset,
): Promise<CursorPage<Delivery>> {
  const where = conditionOf(query)
  const beforeId = cursor === undefined ? null : decodeCursor(cursor, placeSchema)[0]
  const count = await models.Delivery.count({ where, transaction })
  const rows = await models.Delivery.findAll({
    where: beforeId === null ? where : { [Op.and]: [where, { id: { [Op.lt]: beforeId } }] },
    include: 'counters',
    order: [['id', 'DESC']],
    limit: limit + 1,
    transaction,
  })
  const items = rows.slice(0, limit).map(deliveryOf)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, count, nextCursor: last === undefined ? null : encodeCursor([last.id]) }
}

/** Returns a page of the REST list, the newest first. */
export async function pageDeliveries(
  { models, transaction }: ReadContext,
  { limit, offset, ...query }: DeliveryQuery & Offset,
): Promise<OffsetPage<Delivery>> {
  const where = conditionOf(query)
  const { rows, count } = await models.Delivery.findAndCountAll({
    where,
    include: 'counters',
    order: [['id', 'DESC']],
    limit,
    offset,
    transaction,
  })
  return { results: rows.map(deliveryOf), count }
}
