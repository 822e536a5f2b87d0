import type { WriteSession } from '../sqlite/connection.ts'

/** Gives a client exactly these tags; those that nobody had before come into being. Runs inside the caller's transaction. */
export async function replaceTags(sql: WriteSession, clientId: number, names: readonly string[]): Promise<void> {
  await sql.run('DELETE FROM client_tags WHERE clientId = ?', [clientId])
  if (names.length === 0) return
  const list = JSON.stringify(names)
  await sql.run('INSERT OR IGNORE INTO tags (name) SELECT value FROM json_each(?)', [list])
  await sql.run(
    'INSERT OR IGNORE INTO client_tags (clientId, tagId) SELECT ?, t.id FROM json_each(?) given JOIN tags t ON t.name = given.value',
    [clientId, list],
  )
}

/** The ids of these tags, made where there were none. Runs inside the caller's transaction. */
export async function tagIdsOf(sql: WriteSession, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const list = JSON.stringify(names)
  await sql.run('INSERT OR IGNORE INTO tags (name) SELECT value FROM json_each(?)', [list])
  const rows = await sql.all<{ id: number; name: string }>(
    'SELECT t.id, t.name FROM json_each(?) given JOIN tags t ON t.name = given.value',
    [list],
  )
  return new Map(rows.map((row) => [row.name, row.id]))
}
