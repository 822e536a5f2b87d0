import * as z from 'zod'
import type { Message, MessageQuery, MessageStory } from '#shared/contract/messages.ts'
import { NotFoundError } from '../errors.ts'
import { activityOfMessage } from '../journal/activity.ts'
import { decodeCursor, encodeCursor } from '../ports/cursor.ts'
import type { ReadSession, SqlValue } from '../sqlite/connection.ts'
import type { Reading } from '../store.ts'
import { attemptsOfMessage } from './attempts.ts'
import { findRanges, type MessageRange, type Place, readRange } from './message-ranges.ts'
import { messageColumns, messageOf, type StoredMessage } from './message-row.ts'

const placeSchema = z.tuple([z.int(), z.number().nullable()]).transform(([id, turn]): Place => ({ id, turn }))

/** A page of the console's list: the newest delivery first, within it in the order of sending. */
export async function listMessages(
  { sql }: Pick<Reading, 'sql'>,
  query: MessageQuery & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Message[]; nextCursor: string | null; count: number }> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, placeSchema)
  // One more than fits tells whether there is a next page.
  const wanted = query.limit + 1
  const { count, rows } =
    query.clientId === undefined
      ? await listRanges(sql, query, after, wanted)
      : await readOfClient(sql, query, query.clientId, { after, newestFirst: true, offset: 0, limit: wanted })
  const shown = rows.slice(0, query.limit)
  const last = rows.length === wanted ? shown.at(-1) : undefined
  return {
    items: shown.map(messageOf),
    nextCursor: last === undefined ? null : encodeCursor([last.id, last.nextAttemptAt]),
    count,
  }
}

/** A page of the REST list: the oldest delivery first, within it in the order of sending. */
export async function pageMessages(
  { sql }: Pick<Reading, 'sql'>,
  query: MessageQuery & { readonly limit: number; readonly offset: number },
): Promise<{ count: number; results: Message[] }> {
  const { count, rows } =
    query.clientId === undefined
      ? await pageRanges(sql, query)
      : await readOfClient(sql, query, query.clientId, { ...query, after: null, newestFirst: false })
  return { count, results: rows.map(messageOf) }
}

/** The row of one message. Throws `NotFoundError`. */
export async function messageRow({ sql }: Pick<Reading, 'sql'>, id: number): Promise<StoredMessage> {
  const row = await sql.first<StoredMessage>(`SELECT ${messageColumns} FROM messages WHERE id = ?`, [id])
  if (row === undefined) throw new NotFoundError('message', id)
  return row
}

/** A message with everything that became of it. Throws `NotFoundError`. */
export async function getMessage({ sql }: Pick<Reading, 'sql'>, id: number): Promise<MessageStory> {
  const row = await messageRow({ sql }, id)
  const [history, changes] = await Promise.all([attemptsOfMessage(sql, id), activityOfMessage(sql, row)])
  return { ...messageOf(row), history, changes }
}

interface Found {
  readonly count: number
  readonly rows: StoredMessage[]
}

async function listRanges(sql: ReadSession, query: MessageQuery, after: Place | null, limit: number): Promise<Found> {
  const ranges = await findRanges(sql, query)
  const rows: StoredMessage[] = []
  for (const range of ranges.toReversed()) {
    if (rows.length >= limit) break
    if (after !== null && range.firstId > after.id) continue
    const isWithin = after !== null && after.id <= range.lastId
    const slice = { after: isWithin ? after : null, offset: 0, limit: limit - rows.length }
    rows.push(...(await readRange(sql, range, query.status, slice)))
  }
  return { count: sumOf(ranges), rows }
}

async function pageRanges(
  sql: ReadSession,
  query: MessageQuery & { readonly limit: number; readonly offset: number },
): Promise<Found> {
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
  readonly after: Place | null
  readonly newestFirst: boolean
  readonly offset: number
  readonly limit: number
}

/** One client has one message for each delivery at most: few enough to be put in order and counted as they are. */
async function readOfClient(
  sql: ReadSession,
  query: MessageQuery,
  clientId: number,
  slice: ClientSlice,
): Promise<Found> {
  const conditions = ['clientId = ?']
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
