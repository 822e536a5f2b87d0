import * as z from 'zod'
import type { DoNotContactEntry, DoNotContactQuery } from '#shared/contract/do-not-contact.ts'
import { normalizePhone } from '#shared/domain/phone.ts'
import { toInstant } from '../../base/clock.ts'
import { NotFoundError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../ports/cursor.ts'
import { clientEvents } from '../send-queue/moved-messages.ts'
import type { ReadSession, SqlValue, WriteSession } from '../sqlite/connection.ts'
import type { Reading, Writing } from '../store.ts'
import { cancelMessagesTo } from './cancel-for-client.ts'

/** What became of phones that were put on the list. */
export interface ListedPhones {
  /** Clients who have opted out by this. */
  readonly marked: number
  /** Stood on the list before. */
  readonly already: number
  /** Phones of nobody in the directory. */
  readonly remembered: number
  readonly cancelledMessages: number
}

/** Puts phones, each of them once, on the list: whoever has one of them opts out, and queued messages to them are cancelled. */
export async function listPhones(writing: Writing, phones: readonly string[], now: number): Promise<ListedPhones> {
  const { sql, note } = writing
  const given = JSON.stringify(phones)
  const { changes: added } = await sql.run(
    'INSERT OR IGNORE INTO do_not_contact (phone, addedAt) SELECT value, ? FROM json_each(?)',
    [now, given],
  )
  const marked = await sql.all<{ id: number }>(
    `UPDATE clients SET optedOutAt = ?1, updatedAt = ?1
     WHERE optedOutAt IS NULL AND phone IN (SELECT value FROM json_each(?2)) RETURNING id`,
    [now, given],
  )
  const clientIds = marked.map((client) => client.id)
  note(...clientEvents(clientIds, { status: 'opted_out', by: 'operator', because: 'listed' }))
  const cancelledMessages = await cancelMessagesTo(writing, clientIds, 'clientOptedOut')
  return { marked: marked.length, already: phones.length - added, remembered: added - marked.length, cancelledMessages }
}

/** Takes a phone off the list: whoever has it may be written to again. What was cancelled stays so. Throws `NotFoundError`. */
export async function unlistPhone({ sql, note }: Writing, phone: string, now: number): Promise<void> {
  const { changes } = await sql.run('DELETE FROM do_not_contact WHERE phone = ?', [phone])
  if (changes === 0) throw new NotFoundError('phone', Number(phone))
  const freed = await sql.all<{ id: number }>(
    'UPDATE clients SET optedOutAt = NULL, updatedAt = ? WHERE phone = ? RETURNING id',
    [now, phone],
  )
  for (const { id } of freed) note({ client: id, status: 'opted_in', by: 'operator', because: 'unlisted' })
}

/** Whether nobody is to be written to under this phone. */
export async function phoneIsListed(sql: ReadSession, phone: string): Promise<boolean> {
  return (await listedSince(sql, phone)) !== null
}

/** Since when a phone has stood on the list; null when it does not. */
async function listedSince(sql: ReadSession, phone: string): Promise<number | null> {
  const row = await sql.first<{ addedAt: number }>('SELECT addedAt FROM do_not_contact WHERE phone = ?', [phone])
  return row?.addedAt ?? null
}

/**
 * Brings list and client together when a client is written down: `wish` is the moment of opting out, null to be written to again,
 * undefined where nothing is said. Whoever had opted out takes that along to a new phone, and whoever comes to a phone of the
 * list has opted out with it. Gives back since when the client is not to be written to.
 */
export async function settleOptOut(
  sql: WriteSession,
  phone: string,
  wish: number | null | undefined,
  before: { readonly phone: string; readonly optedOutAt: number | null } | null,
): Promise<number | null> {
  const since = wish === undefined ? (before?.optedOutAt ?? null) : wish
  if (since !== null) {
    await sql.run(
      'INSERT INTO do_not_contact (phone, addedAt) VALUES (?, ?) ON CONFLICT (phone) DO UPDATE SET addedAt = excluded.addedAt',
      [phone, since],
    )
    return since
  }
  if (before !== null && before.optedOutAt !== null)
    await sql.run('DELETE FROM do_not_contact WHERE phone = ?', [before.phone])
  return listedSince(sql, phone)
}

const columns =
  'n.phone, n.addedAt, c.id AS clientId, c.name FROM do_not_contact n LEFT JOIN clients c ON c.phone = n.phone'
const placeSchema = z.tuple([z.int(), z.string()])

/** A page of the list for the console, the newest first. */
export async function listDoNotContact(
  { sql }: Pick<Reading, 'sql'>,
  query: DoNotContactQuery & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: DoNotContactEntry[]; nextCursor: string | null; count: number }> {
  const { where, values } = conditionOf(query)
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, placeSchema)
  const rows = await sql.all<StoredEntry>(
    `SELECT ${columns} WHERE ${where} ${after === null ? '' : 'AND (n.addedAt, n.phone) < (?, ?)'}
     ORDER BY n.addedAt DESC, n.phone DESC LIMIT ?`,
    [...values, ...(after ?? []), query.limit + 1],
  )
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: shown.map(entryOf),
    nextCursor: last === undefined ? null : encodeCursor([last.addedAt, last.phone]),
    count: await countWhere(sql, where, values),
  }
}

/** A page of the REST list, in the same order. */
export async function pageDoNotContact(
  { sql }: Pick<Reading, 'sql'>,
  query: DoNotContactQuery & { readonly limit: number; readonly offset: number },
): Promise<{ count: number; results: DoNotContactEntry[] }> {
  const { where, values } = conditionOf(query)
  const rows = await sql.all<StoredEntry>(
    `SELECT ${columns} WHERE ${where} ORDER BY n.addedAt DESC, n.phone DESC LIMIT ? OFFSET ?`,
    [...values, query.limit, query.offset],
  )
  return { count: await countWhere(sql, where, values), results: rows.map(entryOf) }
}

interface StoredEntry {
  readonly phone: string
  readonly addedAt: number
  readonly clientId: number | null
  readonly name: string | null
}

function entryOf(row: StoredEntry): DoNotContactEntry {
  return { ...row, addedAt: toInstant(row.addedAt) }
}

/** A whole phone in any spelling, or some of its digits. */
function conditionOf({ search }: DoNotContactQuery): { readonly where: string; readonly values: readonly SqlValue[] } {
  if (!search) return { where: '1', values: [] }
  const phone = normalizePhone(search)
  return { where: 'instr(n.phone, ?) > 0', values: [phone.ok ? phone.phone : search.replace(/\D/g, '') || search] }
}

async function countWhere(sql: ReadSession, where: string, values: readonly SqlValue[]): Promise<number> {
  const row = await sql.first<{ count: number }>(
    `SELECT count(*) AS count FROM do_not_contact n WHERE ${where}`,
    values,
  )
  return row?.count ?? 0
}
