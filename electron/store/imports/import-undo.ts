import { cancelMessagesTo } from '../clients/cancel-for-client.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'
import type { Writing } from '../store.ts'

/** An import is all or nothing: each change that it makes is kept here with it, until it is whole or taken back. */

/** Begins an import and gives its number. */
export async function beginImport({ sql }: Writing, now: number): Promise<number> {
  return (await sql.run('INSERT INTO imports (at) VALUES (?)', [now])).lastId
}

/** Keeps these clients as they are, who are about to be changed at `now`; who was changed by this import before is kept as before. */
export async function keepBefore(
  { sql }: Writing,
  importId: number,
  clientIds: readonly number[],
  now: number,
): Promise<void> {
  if (clientIds.length === 0) return
  await sql.run(
    `INSERT INTO import_changed
     SELECT ?1, c.id, ?2, c.operatorCode, c.timeZone, c.name, c.attributes, c.searchText, c.updatedAt,
       (SELECT json_group_array(tagId) FROM client_tags WHERE clientId = c.id)
     FROM json_each(?3) given JOIN clients c ON c.id = given.value WHERE true
     ON CONFLICT DO UPDATE SET changedAt = excluded.changedAt`,
    [importId, now, JSON.stringify(clientIds)],
  )
}

/** Keeps that these clients came with the import; their ids are one unbroken range. */
export async function keepCreated({ sql }: Writing, importId: number, clientIds: readonly number[]): Promise<void> {
  const [firstId, lastId] = [clientIds[0], clientIds.at(-1)]
  if (firstId === undefined || lastId === undefined) return
  await sql.run('INSERT INTO import_created VALUES (?, ?, ?)', [importId, firstId, lastId])
}

/** From here on the import cannot be taken back. What is kept of it is let go by `forgetWholeImports`. */
export async function finishImport({ sql, note }: Writing, importId: number, clients: number): Promise<void> {
  await sql.run('DELETE FROM imports WHERE id = ?', [importId])
  if (clients > 0) note({ clients, status: 'imported', by: 'operator' })
}

/** Lets go of what is kept of whole imports, so many clients at a time; tells whether that was all. */
export async function forgetWholeImports({ sql }: Writing, limit: number): Promise<boolean> {
  await sql.run('DELETE FROM import_created WHERE importId NOT IN (SELECT id FROM imports)')
  const { changes } = await sql.run(
    `DELETE FROM import_changed WHERE (importId, clientId) IN (
       SELECT importId, clientId FROM import_changed WHERE importId NOT IN (SELECT id FROM imports) LIMIT ?)`,
    [limit],
  )
  return changes < limit
}

/** The imports that never came to their end, the latest first: what came later has to go first. */
export async function unfinishedImports(sql: ReadSession): Promise<number[]> {
  return (await sql.all<{ id: number }>('SELECT id FROM imports ORDER BY id DESC')).map(({ id }) => id)
}

/** What one piece of the undoing did; `clients` is null when the import is gone with it. */
export interface UndonePiece {
  readonly clients: number | null
  readonly cancelledMessages: number
}

/**
 * Takes back the next piece of an import: who was changed is as before, unless somebody else has changed them since; who came
 * with it goes, and messages that wait to go to them are cancelled.
 */
export async function undoImportPiece(writing: Writing, importId: number, limit: number): Promise<UndonePiece> {
  const { sql } = writing
  const restored = await restoreChanged(sql, importId, limit)
  if (restored > 0) return { clients: restored, cancelledMessages: 0 }
  const range = await sql.first<{ firstId: number; lastId: number }>(
    'SELECT firstId, lastId FROM import_created WHERE importId = ? ORDER BY firstId DESC LIMIT 1',
    [importId],
  )
  if (range === undefined) {
    await sql.run('DELETE FROM imports WHERE id = ?', [importId])
    return { clients: null, cancelledMessages: 0 }
  }
  const { lastId } = range
  const firstId = Math.max(range.firstId, lastId - limit + 1)
  const ids = Array.from({ length: lastId - firstId + 1 }, (_, place) => firstId + place)
  const cancelledMessages = await cancelMessagesTo(writing, ids, 'clientDeleted')
  await sql.run('DELETE FROM clients WHERE id BETWEEN ? AND ?', [firstId, lastId])
  if (firstId === range.firstId)
    await sql.run('DELETE FROM import_created WHERE importId = ? AND firstId = ?', [importId, firstId])
  else
    await sql.run('UPDATE import_created SET lastId = ? WHERE importId = ? AND firstId = ?', [
      firstId - 1,
      importId,
      range.firstId,
    ])
  return { clients: ids.length, cancelledMessages }
}

async function restoreChanged(sql: WriteSession, importId: number, limit: number): Promise<number> {
  const next = await sql.all<{ clientId: number; isSame: number }>(
    `SELECT k.clientId, c.updatedAt IS k.changedAt AS isSame
     FROM import_changed k LEFT JOIN clients c ON c.id = k.clientId WHERE k.importId = ? ORDER BY k.clientId LIMIT ?`,
    [importId, limit],
  )
  if (next.length === 0) return 0
  const same = JSON.stringify(next.filter(({ isSame }) => isSame === 1).map(({ clientId }) => clientId))
  await sql.run(
    `DELETE FROM client_tags WHERE clientId IN (SELECT value FROM json_each(?2)) AND tagId NOT IN (
       SELECT given.value FROM import_changed k, json_each(k.tagIds) given
       WHERE k.importId = ?1 AND k.clientId = client_tags.clientId)`,
    [importId, same],
  )
  await sql.run(
    `INSERT OR IGNORE INTO client_tags (clientId, tagId)
     SELECT k.clientId, t.id FROM import_changed k, json_each(k.tagIds) given JOIN tags t ON t.id = given.value
     WHERE k.importId = ?1 AND k.clientId IN (SELECT value FROM json_each(?2))`,
    [importId, same],
  )
  await sql.run(
    `UPDATE clients SET operatorCode = k.operatorCode, timeZone = k.timeZone, name = k.name, attributes = k.attributes,
       searchText = k.searchText, updatedAt = k.updatedAt
     FROM import_changed k WHERE k.importId = ?1 AND k.clientId = clients.id AND clients.id IN (SELECT value FROM json_each(?2))`,
    [importId, same],
  )
  await sql.run('DELETE FROM import_changed WHERE importId = ?1 AND clientId <= ?2', [
    importId,
    next.at(-1)?.clientId ?? 0,
  ])
  return next.length
}
