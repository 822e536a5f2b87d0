import type { BulkChange } from '#shared/contract/bulk-changes.ts'
import { NotFoundError } from '../errors.ts'
import { clientEvents } from '../send-queue/moved-messages.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'
import type { Writing } from '../store.ts'
import { cancelMessagesTo } from './cancel-for-client.ts'
import { tagIdsOf } from './client-tags.ts'
import { listPhones } from './do-not-contact.ts'

/** So many changes can be taken back, the latest ones. */
const keptChanges = 5

type Kind = BulkChange['kind']

/** What a piece of a change did. */
interface Piece {
  readonly changed: number
  readonly cancelledMessages: number
}

/** Notes that many clients are about to change, and gives the number under which that can be undone; a deletion has none. */
export async function beginBulkChange({ sql }: Writing, kind: Kind, now: number): Promise<number | null> {
  if (kind === 'delete') return null
  return (await sql.run('INSERT INTO bulk_changes (kind, at) VALUES (?, ?)', [kind, now])).lastId
}

/** The change that has to be forgotten, now that there are later ones; undefined when none has. */
export function outdatedBulkChange(sql: ReadSession): Promise<{ id: number } | undefined> {
  return sql.first<{ id: number }>('SELECT id FROM bulk_changes ORDER BY id DESC LIMIT 1 OFFSET ?', [keptChanges])
}

/** Forgets some of what a change did, and the change itself when nothing is left of it; tells whether anything is. */
export async function forgetBulkChange({ sql }: Writing, id: number, limit: number): Promise<boolean> {
  const { changes } = await sql.run(
    `DELETE FROM bulk_change_rows WHERE changeId = ?1 AND clientId <=
       coalesce((SELECT clientId FROM bulk_change_rows WHERE changeId = ?1 ORDER BY clientId LIMIT 1 OFFSET ?2), 9e15)`,
    [id, limit],
  )
  if (changes > limit) return true
  await sql.run('DELETE FROM bulk_changes WHERE id = ?', [id])
  return false
}

/** Changes these clients; those that are gone, or are so already, stay as they are. What it changes is kept under `changeId`. */
export async function changePiece(
  writing: Writing,
  changeId: number | null,
  ids: readonly number[],
  change: BulkChange,
  now: number,
): Promise<Piece> {
  const { sql } = writing
  switch (change.kind) {
    case 'addTags':
    case 'removeTags': {
      const tagIds = JSON.stringify([...(await tagIdsOf(sql, change.tags)).values()])
      const hasAlready = change.kind === 'addTags' ? 'NOT EXISTS' : 'EXISTS'
      await sql.run(
        `INSERT INTO bulk_change_rows (changeId, clientId, value)
         SELECT ?1, c.id, tag.value FROM json_each(?2) given JOIN clients c ON c.id = given.value CROSS JOIN json_each(?3) tag
         WHERE ${hasAlready} (SELECT 1 FROM client_tags WHERE clientId = c.id AND tagId = tag.value)`,
        [changeId, JSON.stringify(ids), tagIds],
      )
      const changed = await keptOf(sql, changeId, ids)
      await moveTags(sql, changeId, changed, change.kind)
      noteClients(writing, changed, change.kind === 'addTags' ? 'tagged' : 'untagged', change.tags)
      await touch(sql, changed, now)
      return { changed: changed.length, cancelledMessages: 0 }
    }
    case 'optOut': {
      await keepOptOuts(sql, changeId, ids, 'IS NULL', now)
      const phones = await phonesOf(sql, await keptOf(sql, changeId, ids))
      const { marked, cancelledMessages } = await listPhones(writing, phones, now)
      return { changed: marked, cancelledMessages }
    }
    case 'optIn': {
      await keepOptOuts(sql, changeId, ids, 'IS NOT NULL', now)
      const changed = await keptOf(sql, changeId, ids)
      await free(writing, changed, now)
      return { changed: changed.length, cancelledMessages: 0 }
    }
    case 'delete': {
      const cancelledMessages = await cancelMessagesTo(writing, ids, 'clientDeleted')
      const gone = await sql.all<{ id: number }>(
        'DELETE FROM clients WHERE id IN (SELECT value FROM json_each(?)) RETURNING id',
        [JSON.stringify(ids)],
      )
      const deleted = gone.map(({ id }) => id)
      noteClients(writing, deleted, 'deleted')
      return { changed: deleted.length, cancelledMessages }
    }
  }
}

/** What kind of change that was, and how many clients it changed. Throws `NotFoundError` when it cannot be undone, any more or at all. */
export async function readBulkChange(sql: ReadSession, id: number): Promise<{ kind: Kind; clients: number }> {
  const row = await sql.first<{ kind: Kind; clients: number }>(
    `SELECT kind, (SELECT count(DISTINCT clientId) FROM bulk_change_rows WHERE changeId = bulk_changes.id) AS clients
     FROM bulk_changes WHERE id = ?`,
    [id],
  )
  if (row === undefined) throw new NotFoundError('change', id)
  return row
}

/** Takes back what a change did to its next clients, unless somebody has changed that since, and forgets it. */
export async function undoBulkChunk(
  writing: Writing,
  changeId: number,
  kind: Kind,
  limit: number,
  now: number,
): Promise<Piece & { readonly clients: number }> {
  const { sql } = writing
  const next = await sql.all<{ id: number }>(
    'SELECT DISTINCT clientId AS id FROM bulk_change_rows WHERE changeId = ? ORDER BY clientId LIMIT ?',
    [changeId, limit],
  )
  const ids = next.map(({ id }) => id)
  const piece = await takeBack(writing, changeId, ids, kind, now)
  await sql.run('DELETE FROM bulk_change_rows WHERE changeId = ? AND clientId IN (SELECT value FROM json_each(?))', [
    changeId,
    JSON.stringify(ids),
  ])
  if (ids.length < limit) await sql.run('DELETE FROM bulk_changes WHERE id = ?', [changeId])
  return { ...piece, clients: ids.length }
}

async function takeBack(
  writing: Writing,
  changeId: number,
  ids: readonly number[],
  kind: Kind,
  now: number,
): Promise<Piece> {
  const { sql } = writing
  if (kind === 'addTags' || kind === 'removeTags') {
    const changed = await moveTags(sql, changeId, ids, kind === 'addTags' ? 'removeTags' : 'addTags')
    await touch(sql, ids, now)
    noteClients(writing, ids, kind === 'addTags' ? 'untagged' : 'tagged')
    return { changed, cancelledMessages: 0 }
  }
  // Of those who opted out only who has not done so anew since, of those who opted in only who still may be written to.
  const same = await sql.all<{ id: number }>(
    `SELECT c.id FROM bulk_change_rows k JOIN clients c ON c.id = k.clientId
     WHERE k.changeId = ? AND k.clientId IN (SELECT value FROM json_each(?)) AND c.optedOutAt IS ${kind === 'optOut' ? 'k.value' : 'NULL'}`,
    [changeId, JSON.stringify(ids)],
  )
  const changed = same.map(({ id }) => id)
  if (kind === 'optOut') {
    await free(writing, changed, now)
    return { changed: changed.length, cancelledMessages: 0 }
  }
  const list = JSON.stringify(changed)
  await sql.run(
    `INSERT OR IGNORE INTO do_not_contact (phone, addedAt)
     SELECT c.phone, k.value FROM bulk_change_rows k JOIN clients c ON c.id = k.clientId
     WHERE k.changeId = ? AND k.clientId IN (SELECT value FROM json_each(?))`,
    [changeId, list],
  )
  await sql.run(
    `UPDATE clients SET optedOutAt = (SELECT value FROM bulk_change_rows WHERE changeId = ?1 AND clientId = clients.id), updatedAt = ?2
     WHERE id IN (SELECT value FROM json_each(?3))`,
    [changeId, now, list],
  )
  noteClients(writing, changed, 'opted_out')
  const cancelledMessages = await cancelMessagesTo(writing, changed, 'clientOptedOut')
  return { changed: changed.length, cancelledMessages }
}

/** Lets these clients be written to again. */
async function free(writing: Writing, ids: readonly number[], now: number): Promise<void> {
  const { sql } = writing
  const list = JSON.stringify(ids)
  await sql.run(
    'DELETE FROM do_not_contact WHERE phone IN (SELECT c.phone FROM json_each(?) given JOIN clients c ON c.id = given.value)',
    [list],
  )
  await sql.run('UPDATE clients SET optedOutAt = NULL, updatedAt = ? WHERE id IN (SELECT value FROM json_each(?))', [
    now,
    list,
  ])
  noteClients(writing, ids, 'opted_in')
}

/** Gives or takes the tags that are kept for these clients under a change. */
async function moveTags(
  sql: WriteSession,
  changeId: number | null,
  ids: readonly number[],
  kind: 'addTags' | 'removeTags',
): Promise<number> {
  const kept = 'changeId = ? AND clientId IN (SELECT value FROM json_each(?))'
  const values = [changeId, JSON.stringify(ids)]
  const { changes } = await sql.run(
    kind === 'addTags'
      ? `INSERT OR IGNORE INTO client_tags (clientId, tagId)
         SELECT k.clientId, k.value FROM bulk_change_rows k JOIN clients c ON c.id = k.clientId JOIN tags t ON t.id = k.value WHERE ${kept}`
      : `DELETE FROM client_tags WHERE (clientId, tagId) IN (SELECT clientId, value FROM bulk_change_rows WHERE ${kept})`,
    values,
  )
  return changes
}

async function keepOptOuts(
  sql: WriteSession,
  changeId: number | null,
  ids: readonly number[],
  state: 'IS NULL' | 'IS NOT NULL',
  now: number,
): Promise<void> {
  await sql.run(
    `INSERT INTO bulk_change_rows (changeId, clientId, value)
     SELECT ?, c.id, coalesce(c.optedOutAt, ?) FROM json_each(?) given JOIN clients c ON c.id = given.value WHERE c.optedOutAt ${state}`,
    [changeId, now, JSON.stringify(ids)],
  )
}

async function keptOf(sql: ReadSession, changeId: number | null, ids: readonly number[]): Promise<number[]> {
  const rows = await sql.all<{ id: number }>(
    `SELECT DISTINCT clientId AS id FROM bulk_change_rows WHERE changeId = ? AND clientId IN (SELECT value FROM json_each(?))`,
    [changeId, JSON.stringify(ids)],
  )
  return rows.map(({ id }) => id)
}

async function phonesOf(sql: ReadSession, ids: readonly number[]): Promise<string[]> {
  const rows = await sql.all<{ phone: string }>(
    'SELECT c.phone FROM json_each(?) given JOIN clients c ON c.id = given.value',
    [JSON.stringify(ids)],
  )
  return rows.map(({ phone }) => phone)
}

async function touch(sql: WriteSession, ids: readonly number[], now: number): Promise<void> {
  await sql.run('UPDATE clients SET updatedAt = ? WHERE id IN (SELECT value FROM json_each(?))', [
    now,
    JSON.stringify(ids),
  ])
}

function noteClients({ note }: Writing, ids: readonly number[], status: string, tags: readonly string[] = []): void {
  note(...clientEvents(ids, { status, by: 'operator', tags: tags.length > 0 ? tags.join(', ') : null }))
}
