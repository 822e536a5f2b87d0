import type { WriteSession } from '../sqlite/connection.ts'

/** Replaces a client's tags. New tags are created. */
export async function replaceTags(sql: WriteSession, clientId: number, names: readonly string[]): Promise<void> {
  await sql.run('DELETE FROM client_tags WHERE clientId = ?', [clientId])
  if (names.length === 0) return
  const list = JSON.stringify(names)
  await sql.run('INSERT INTO tags (name) SELECT value FROM json_each(?) WHERE true ON CONFLICT (name) DO NOTHING', [
    list,
  ])
  await sql.run(
    `INSERT INTO client_tags (clientId, tagId) SELECT ?, t.id FROM json_each(?) given JOIN tags t ON t.name = given.value
     WHERE true ON CONFLICT (clientId, tagId) DO NOTHING`,
    [clientId, list],
  )
}

/** Returns the ids of these tags. New tags are created. */
export async function tagIdsOf(sql: WriteSession, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const list = JSON.stringify(names)
  await sql.run('INSERT INTO tags (name) SELECT value FROM json_each(?) WHERE true ON CONFLICT (name) DO NOTHING', [
    list,
  ])
  const rows = await sql.all<{ id: number; name: string }>(
    'SELECT t.id, t.name FROM json_each(?) given JOIN tags t ON t.name = given.value',
    [list],
  )
  return new Map(rows.map((row) => [row.name, row.id]))
}
