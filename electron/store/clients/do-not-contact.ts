import * as z from 'zod'
import type { DoNotContactEntry, DoNotContactQuery } from '#shared/contract/do-not-contact.ts'
import { normalizePhone } from '#shared/domain/phone.ts'
import { toInstant } from '../../base/clock.ts'
import type { WriteContext } from '../contexts.ts'
import { NotFoundError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../ports/cursor.ts'
import type { ListedPhones } from '../ports/do-not-contact.ts'
import { clientEvents } from '../send-queue/moved-messages.ts'
import type { ReadSession, SqlValue, WriteSession } from '../sqlite/connection.ts'
import { cancelMessagesTo } from './cancel-for-client.ts'

/** Adds distinct phones to the list. Their clients opt out, and queued messages to them are cancelled. */
export async function listPhones(writing: WriteContext, phones: readonly string[], now: number): Promise<ListedPhones> {
  const { sql, record } = writing
  const given = JSON.stringify(phones)
  const { changes: added } = await sql.run(
    'INSERT INTO do_not_contact (phone, addedAt) SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT (phone) DO NOTHING',
    [now, given],
  )
  const marked = await sql.all<{ id: number }>(
    `UPDATE clients SET optedOutAt = ?1, updatedAt = ?1
     WHERE optedOutAt IS NULL AND phone IN (SELECT value FROM json_each(?2)) RETURNING id`,
    [now, given],
  )
  const clientIds = marked.map((client) => client.id)
  record(...clientEvents(clientIds, { status: 'opted_out', by: 'operator', because: 'listed' }))
  const cancelledMessages = await cancelMessagesTo(writing, clientIds, 'clientOptedOut')
  return { marked: marked.length, already: phones.length - added, remembered: added - marked.length, cancelledMessages }
}

/** Removes a phone from the list and opts its client in. Cancelled messages stay cancelled. Throws `NotFoundError`. */
export async function unlistPhone({ sql, record }: WriteContext, phone: string, now: number): Promise<void> {
  const { changes } = await sql.run('DELETE FROM do_not_contact WHERE phone = ?', [phone])
  if (changes === 0) throw new NotFoundError('phone', Number(phone))
  const optedIn = await sql.all<{ id: number }>(
    'UPDATE clients SET optedOutAt = NULL, updatedAt = ? WHERE phone = ? RETURNING id',
    [now, phone],
  )
  for (const { id } of optedIn) record({ client: id, status: 'opted_in', by: 'operator', because: 'unlisted' })
}

/** Returns whether a phone is on the list. */
export async function phoneIsListed(sql: ReadSession, phone: string): Promise<boolean> {
  return (await listedSince(sql, phone)) !== null
}

/** Returns when a phone was added to the list; null when it is not on it. */
async function listedSince(sql: ReadSession, phone: string): Promise<number | null> {
  const row = await sql.first<{ addedAt: number }>('SELECT addedAt FROM do_not_contact WHERE phone = ?', [phone])
  return row?.addedAt ?? null
}

/**
 * Keeps the list and a client consistent when the client is saved. `requested` is the moment of opting out, null for
 * opting in, undefined for no change. A client who has opted out stays so under a new phone; a client who gets a phone
 * of the list opts out. Returns since when the client has opted out; null for not.
 */
export async function reconcileOptOut(
  sql: WriteSession,
  phone: string,
  requested: number | null | undefined,
  before: { readonly phone: string; readonly optedOutAt: number | null } | null,
): Promise<number | null> {
  const since = requested === undefined ? (before?.optedOutAt ?? null) : requested
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

/** Returns a page of the console's list, the newest first. */
export async function listDoNotContact(
  sql: ReadSession,
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

/** Returns a page of the REST list, in the same order. */
export async function pageDoNotContact(
  sql: ReadSession,
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

/** The search is a whole phone in any spelling, or some of its digits. */
function conditionOf({ search }: DoNotContactQuery): { readonly where: string; readonly values: readonly SqlValue[] } {
  if (!search) return { where: '1 = 1', values: [] }
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
