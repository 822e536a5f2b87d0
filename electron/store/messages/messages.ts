import * as z from 'zod'
import type { Message, MessageQuery, MessageStory } from '#shared/contract/messages.ts'
import { NotFoundError } from '../errors.ts'
import { activityOfMessage } from '../journal/activity.ts'
import { decodeCursor, encodeCursor } from '../ports/cursor.ts'
import type { CursorPage, Keyset, Offset, OffsetPage } from '../ports/paging.ts'
import type { ReadSession, SqlValue } from '../sqlite/connection.ts'
import { attemptsOfMessage } from './attempts.ts'
import { findRanges, type MessageRange, type RangePlace, readRange } from './message-ranges.ts'
import { messageColumns, messageOf, type StoredMessage } from './message-row.ts'

/** Where a page ended: the message, and the first id of its delivery's range. */
interface ListPlace extends RangePlace {
  readonly firstId: number
}

const placeSchema = z
  .tuple([z.int(), z.number().nullable(), z.int()])
  .transform(([id, dueAt, firstId]): ListPlace => ({ id, dueAt, firstId }))

/** Messages of a deleted delivery are hidden until they are gone. */
const shown = 'deliveryId NOT IN (SELECT id FROM deleted_deliveries)'

/** Returns a page of the console's list: the newest delivery first, within it in the order of sending. */
export async function listMessages(sql: ReadSession, query: MessageQuery & Keyset): Promise<CursorPage<Message>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, placeSchema)
  // One more than fits shows whether there is a next page.
  const wanted = query.limit + 1
  const { count, rows, firstIds } =
    query.clientId === undefined
      ? await listRanges(sql, query, after, wanted)
      : await readOfClient(sql, query, query.clientId, { after, newestFirst: true, offset: 0, limit: wanted })
  const items = rows.slice(0, query.limit)
  const last = rows.length === wanted ? items.at(-1) : undefined
  const nextCursor =
    last === undefined ? null : encodeCursor([last.id, last.nextAttemptAt, firstIds?.get(last.deliveryId) ?? 0])
  return { items: items.map(messageOf), nextCursor, count }
}

/** Returns a page of the REST list: the oldest delivery first, within it in the order of sending. */
export async function pageMessages(sql: ReadSession, query: MessageQuery & Offset): Promise<OffsetPage<Message>> {
  const { count, rows } =
    query.clientId === undefined
      ? await pageRanges(sql, query)
      : await readOfClient(sql, query, query.clientId, { ...query, after: null, newestFirst: false })
  return { count, results: rows.map(messageOf) }
}

/** Returns a message. Throws `NotFoundError`. */
export async function getMessage(sql: ReadSession, id: number): Promise<Message> {
  return messageOf(await messageRow(sql, id))
}

/** Returns a message with its attempts and everything that happened to it. Throws `NotFoundError`. */
export async function messageStory(sql: ReadSession, id: number): Promise<MessageStory> {
  const row = await messageRow(sql, id)
  const [history, changes] = await Promise.all([attemptsOfMessage(sql, id), activityOfMessage(sql, row)])
  return { ...messageOf(row), history, changes }
}

async function messageRow(sql: ReadSession, id: number): Promise<StoredMessage> {
  const row = await sql.first<StoredMessage>(`SELECT ${messageColumns} FROM messages WHERE id = ? AND ${shown}`, [id])
  if (row === undefined) throw new NotFoundError('message', id)
  return row
}

interface FoundMessages {
  readonly count: number
  readonly rows: StoredMessage[]
  /** The first id of each delivery's range. */
  readonly firstIds?: ReadonlyMap<number, number>
}

async function listRanges(
  sql: ReadSession,
  query: MessageQuery,
  after: ListPlace | null,
  limit: number,
): Promise<FoundMessages> {
  const ranges = await findRanges(sql, query)
  const rows: StoredMessage[] = []
  for (const range of ranges.toReversed()) {
    if (rows.length >= limit) break
    if (after !== null && range.firstId > after.firstId) continue
    const slice = { after: range.firstId === after?.firstId ? after : null, offset: 0, limit: limit - rows.length }
    rows.push(...(await readRange(sql, range, query.status, slice)))
  }
  const firstIds = new Map(ranges.map(({ deliveryId, firstId }) => [deliveryId, firstId]))
  return { count: sumOf(ranges), rows, firstIds }
}

async function pageRanges(sql: ReadSession, query: MessageQuery & Offset): Promise<FoundMessages> {
  const ranges = await findRanges(sql, query)
  const rows: StoredMessage[] = []
  let skip = query.offset
  for (const range of ranges) {
    if (rows.length >= query.limit) break
    if (skip < range.rows) {
      const slice = { after: null, offset: skip, limit: query.limit - rows.length }
      rows.push(...(await readRange(sql, range, query.status, slice)))
    }
    skip = Math.max(0, skip - range.rows)
  }
  return { count: sumOf(ranges), rows }
}

function sumOf(ranges: readonly MessageRange[]): number {
  return ranges.reduce((sum, range) => sum + range.rows, 0)
}

interface ClientSlice {
  readonly after: RangePlace | null
  readonly newestFirst: boolean
  readonly offset: number
  readonly limit: number
}

/** A client has at most one message per delivery: few enough to sort and count them all. */
async function readOfClient(
  sql: ReadSession,
  query: MessageQuery,
  clientId: number,
  slice: ClientSlice,
): Promise<FoundMessages> {
  const conditions = ['clientId = ?', shown]
  const values: SqlValue[] = [clientId]
  if (query.deliveryId !== undefined) {
    conditions.push('deliveryId = ?')
    values.push(query.deliveryId)
  }
  if (query.status !== undefined) {
    conditions.push('status = ?')
    values.push(query.status)
  }
  const where = conditions.join(' AND ')
  const counted = await sql.first<{ count: number }>(`SELECT count(*) AS count FROM messages WHERE ${where}`, values)
  const rows = await sql.all<StoredMessage>(
    `SELECT ${messageColumns} FROM messages WHERE ${where} ${slice.after === null ? '' : 'AND id < ?'}
     ORDER BY id ${slice.newestFirst ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
    [...values, ...(slice.after === null ? [] : [slice.after.id]), slice.limit, slice.offset],
  )
  return { count: counted?.count ?? 0, rows }
}
