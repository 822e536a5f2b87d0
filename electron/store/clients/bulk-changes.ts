import type { BulkChange } from '#shared/contract/bulk-changes.ts'
import type { WriteContext } from '../contexts.ts'
import { NotFoundError } from '../errors.ts'
import type { BulkChangeKind, BulkChunk } from '../ports/bulk-changes.ts'
import { clientEvents } from '../send-queue/moved-messages.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'
import { cancelMessagesTo } from './cancel-for-client.ts'
import { tagIdsOf } from './client-tags.ts'
import { listPhones } from './do-not-contact.ts'

/** How many of the latest changes can be undone. */
const maxKeptChanges = 5

/** Returns the id under which a change can be undone; null for a deletion, which cannot. */
export async function beginBulkChange(
  { sql }: WriteContext,
  kind: BulkChangeKind,
  now: number,
): Promise<number | null> {
  if (kind === 'delete') return null
  return (await sql.run('INSERT INTO bulk_changes (kind, at) VALUES (?, ?)', [kind, now])).lastId
}

/** Returns the oldest change beyond the ones that are kept; undefined when there is none. */
export function outdatedBulkChange(sql: ReadSession): Promise<{ id: number } | undefined> {
  return sql.first<{ id: number }>('SELECT id FROM bulk_changes ORDER BY id DESC LIMIT 1 OFFSET ?', [maxKeptChanges])
}

/** Forgets up to `limit` clients of a change. Returns whether more remain; without any, the change itself is gone. */
export async function forgetBulkChange({ sql }: WriteContext, id: number, limit: number): Promise<boolean> {
  const { changes } = await sql.run(
    `DELETE FROM bulk_change_rows WHERE changeId = ?1 AND clientId <=
       coalesce((SELECT clientId FROM bulk_change_rows WHERE changeId = ?1 ORDER BY clientId LIMIT 1 OFFSET ?2), 9e15)`,
    [id, limit],
  )
  if (changes > limit) return true
  await sql.run('DELETE FROM bulk_changes WHERE id = ?', [id])
  return false
}

/** Changes these clients, records the difference under `changeId`, and skips clients that already are as wanted. */
export async function changeChunk(
  writing: WriteContext,
  changeId: number | null,
  ids: readonly number[],
  change: BulkChange,
  now: number,
): Promise<BulkChunk> {
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
      const changed = await recordedOf(sql, changeId, ids)
      await moveTags(sql, changeId, changed, change.kind)
      recordClients(writing, changed, change.kind === 'addTags' ? 'tagged' : 'untagged', change.tags)
      await touch(sql, changed, now)
      return { changed: changed.length, cancelledMessages: 0 }
    }
    case 'optOut': {
      await recordOptOuts(sql, changeId, ids, 'IS NULL', now)
      const phones = await phonesOf(sql, await recordedOf(sql, changeId, ids))
      const { marked, cancelledMessages } = await listPhones(writing, phones, now)
      return { changed: marked, cancelledMessages }
    }
    case 'optIn': {
      await recordOptOuts(sql, changeId, ids, 'IS NOT NULL', now)
      const changed = await recordedOf(sql, changeId, ids)
      await optIn(writing, changed, now)
      return { changed: changed.length, cancelledMessages: 0 }
    }
    case 'delete': {
      const cancelledMessages = await cancelMessagesTo(writing, ids, 'clientDeleted')
      const gone = await sql.all<{ id: number }>(
        'DELETE FROM clients WHERE id IN (SELECT value FROM json_each(?)) RETURNING id',
        [JSON.stringify(ids)],
      )
      const deleted = gone.map(({ id }) => id)
      recordClients(writing, deleted, 'deleted')
      return { changed: deleted.length, cancelledMessages }
    }
  }
}

/** Returns the kind of a change and the number of clients that it changed. Throws `NotFoundError` when it cannot be undone. */
export async function readBulkChange(sql: ReadSession, id: number): Promise<{ kind: BulkChangeKind; clients: number }> {
  const row = await sql.first<{ kind: BulkChangeKind; clients: number }>(
    `SELECT kind, (SELECT count(DISTINCT clientId) FROM bulk_change_rows WHERE changeId = bulk_changes.id) AS clients
     FROM bulk_changes WHERE id = ?`,
    [id],
  )
  if (row === undefined) throw new NotFoundError('change', id)
  return row
}

/** Undoes a change for its next clients, except those that were changed again since, and forgets these clients. */
export async function undoBulkChunk(
  writing: WriteContext,
  changeId: number,
  kind: BulkChangeKind,
  limit: number,
  now: number,
): Promise<BulkChunk & { readonly clients: number }> {
  const { sql } = writing
  const next = await sql.all<{ id: number }>(
    'SELECT DISTINCT clientId AS id FROM bulk_change_rows WHERE changeId = ? ORDER BY clientId LIMIT ?',
    [changeId, limit],
  )
  const ids = next.map(({ id }) => id)
  const chunk = await revert(writing, changeId, ids, kind, now)
  await sql.run('DELETE FROM bulk_change_rows WHERE changeId = ? AND clientId IN (SELECT value FROM json_each(?))', [
    changeId,
    JSON.stringify(ids),
  ])
  if (ids.length < limit) await sql.run('DELETE FROM bulk_changes WHERE id = ?', [changeId])
  return { ...chunk, clients: ids.length }
}

async function revert(
  writing: WriteContext,
  changeId: number,
  ids: readonly number[],
  kind: BulkChangeKind,
  now: number,
): Promise<BulkChunk> {
  const { sql } = writing
  if (kind === 'addTags' || kind === 'removeTags') {
    const changed = await moveTags(sql, changeId, ids, kind === 'addTags' ? 'removeTags' : 'addTags')
    await touch(sql, ids, now)
    recordClients(writing, ids, kind === 'addTags' ? 'untagged' : 'tagged')
    return { changed, cancelledMessages: 0 }
  }
  // Clients who opted out again since, or who opted in and out again, stay as they are.
  const same = await sql.all<{ id: number }>(
    `SELECT c.id FROM bulk_change_rows k JOIN clients c ON c.id = k.clientId
     WHERE k.changeId = ? AND k.clientId IN (SELECT value FROM json_each(?)) AND ${kind === 'optOut' ? 'c.optedOutAt = k.value' : 'c.optedOutAt IS NULL'}`,
    [changeId, JSON.stringify(ids)],
  )
  const changed = same.map(({ id }) => id)
  if (kind === 'optOut') {
    await optIn(writing, changed, now)
    return { changed: changed.length, cancelledMessages: 0 }
  }
  const list = JSON.stringify(changed)
  await sql.run(
    `INSERT INTO do_not_contact (phone, addedAt)
     SELECT c.phone, k.value FROM bulk_change_rows k JOIN clients c ON c.id = k.clientId
     WHERE k.changeId = ? AND k.clientId IN (SELECT value FROM json_each(?)) ON CONFLICT (phone) DO NOTHING`,
    [changeId, list],
  )
  await sql.run(
    `UPDATE clients SET optedOutAt = (SELECT value FROM bulk_change_rows WHERE changeId = ?1 AND clientId = clients.id), updatedAt = ?2
     WHERE id IN (SELECT value FROM json_each(?3))`,
    [changeId, now, list],
  )
  recordClients(writing, changed, 'opted_out')
  const cancelledMessages = await cancelMessagesTo(writing, changed, 'clientOptedOut')
  return { changed: changed.length, cancelledMessages }
}

/** Opts these clients in. */
async function optIn(writing: WriteContext, ids: readonly number[], now: number): Promise<void> {
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
  recordClients(writing, ids, 'opted_in')
}

/** Adds or removes the tags that are recorded for these clients under a change. */
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
      ? `INSERT INTO client_tags (clientId, tagId)
         SELECT k.clientId, k.value FROM bulk_change_rows k JOIN clients c ON c.id = k.clientId JOIN tags t ON t.id = k.value
         WHERE ${kept} ON CONFLICT (clientId, tagId) DO NOTHING`
      : `DELETE FROM client_tags WHERE (clientId, tagId) IN (SELECT clientId, value FROM bulk_change_rows WHERE ${kept})`,
    values,
  )
  return changes
}

async function recordOptOuts(
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

async function recordedOf(sql: ReadSession, changeId: number | null, ids: readonly number[]): Promise<number[]> {
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

function recordClients(
  { record }: WriteContext,
  ids: readonly number[],
  status: string,
  tags: readonly string[] = [],
): void {
  record(...clientEvents(ids, { status, by: 'operator', tags: tags.length > 0 ? tags.join(', ') : null }))
}
