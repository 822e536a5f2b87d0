import { clientTextFields } from '#shared/domain/client-fields.ts'
import { cancelMessagesTo } from '../clients/cancel-for-client.ts'
import type { WriteContext } from '../contexts.ts'
import type { UndoneImportChunk } from '../ports/imports.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'

/** An import is all or nothing: each of its changes is recorded here until it finishes or is undone. */

/** The columns of a client that `import_changed` has too. */
const restoredColumns = [...clientTextFields, 'attributes', 'searchText', 'updatedAt'] as const

/** Returns the id of a new import. */
export async function beginImport({ sql }: WriteContext, now: number): Promise<number> {
  return (await sql.run('INSERT INTO imports (at) VALUES (?)', [now])).lastId
}

/** Records these clients as they are before a change at `now`. A client that this import changed before keeps its first record. */
export async function recordBefore(
  sql: WriteSession,
  importId: number,
  clientIds: readonly number[],
  now: number,
): Promise<void> {
  if (clientIds.length === 0) return
  await sql.run(
    `INSERT INTO import_changed (importId, clientId, changedAt, ${restoredColumns.join(', ')}, tagIds)
     SELECT ?1, c.id, ?2, ${restoredColumns.map((column) => `c.${column}`).join(', ')},
       (SELECT json_group_array(tagId) FROM client_tags WHERE clientId = c.id)
     FROM json_each(?3) given JOIN clients c ON c.id = given.value WHERE true
     ON CONFLICT DO UPDATE SET changedAt = excluded.changedAt`,
    [importId, now, JSON.stringify(clientIds)],
  )
}

/** Records that an import has created these clients. */
export async function recordCreated(sql: WriteSession, importId: number, clientIds: readonly number[]): Promise<void> {
  for (const { firstId, lastId } of rangesOf(clientIds))
    await sql.run('INSERT INTO import_created VALUES (?, ?, ?)', [importId, firstId, lastId])
}

interface IdRange {
  readonly firstId: number
  readonly lastId: number
}

/** Returns these ids as ranges without gaps: usually one, several when other rows were inserted at the same time. */
function rangesOf(ids: readonly number[]): IdRange[] {
  const ranges: { firstId: number; lastId: number }[] = []
  for (const id of ids.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1)
    if (range !== undefined && id === range.lastId + 1) range.lastId = id
    else ranges.push({ firstId: id, lastId: id })
  }
  return ranges
}

/** Makes an import final. `forgetFinishedImports` deletes its records. */
export async function finishImport({ sql, record }: WriteContext, importId: number, clients: number): Promise<void> {
  await sql.run('DELETE FROM imports WHERE id = ?', [importId])
  if (clients > 0) record({ clients, status: 'imported', by: 'operator' })
}

/** Deletes the records of finished imports, up to `limit` clients. Returns whether that was all. */
export async function forgetFinishedImports({ sql }: WriteContext, limit: number): Promise<boolean> {
  await sql.run('DELETE FROM import_created WHERE importId NOT IN (SELECT id FROM imports)')
  const { changes } = await sql.run(
    `DELETE FROM import_changed WHERE (importId, clientId) IN (
       SELECT importId, clientId FROM import_changed WHERE importId NOT IN (SELECT id FROM imports) LIMIT ?)`,
    [limit],
  )
  return changes < limit
}

/** Returns the imports that never finished, the latest first: later changes must be undone first. */
export async function unfinishedImports(sql: ReadSession): Promise<number[]> {
  return (await sql.all<{ id: number }>('SELECT id FROM imports ORDER BY id DESC')).map(({ id }) => id)
}

/**
 * Undoes the next clients of an import. Changed clients are restored, except those that were changed again since. Created
 * clients are deleted, and queued messages to them are cancelled.
 */
export async function undoImportChunk(
  writing: WriteContext,
  importId: number,
  limit: number,
): Promise<UndoneImportChunk> {
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
  const next = await sql.all<{ clientId: number; isSame: number | null }>(
    `SELECT k.clientId, c.updatedAt = k.changedAt AS isSame
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
    `INSERT INTO client_tags (clientId, tagId)
     SELECT k.clientId, t.id FROM import_changed k, json_each(k.tagIds) given JOIN tags t ON t.id = given.value
     WHERE k.importId = ?1 AND k.clientId IN (SELECT value FROM json_each(?2)) ON CONFLICT (clientId, tagId) DO NOTHING`,
    [importId, same],
  )
  await sql.run(
    `UPDATE clients SET ${restoredColumns.map((column) => `${column} = k.${column}`).join(', ')}
     FROM import_changed k WHERE k.importId = ?1 AND k.clientId = clients.id AND clients.id IN (SELECT value FROM json_each(?2))`,
    [importId, same],
  )
  await sql.run('DELETE FROM import_changed WHERE importId = ?1 AND clientId <= ?2', [
    importId,
    next.at(-1)?.clientId ?? 0,
  ])
  return next.length
}
