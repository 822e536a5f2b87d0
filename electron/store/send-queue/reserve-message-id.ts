import type { WriteSession } from '../sqlite/connection.ts'

/**
 * Reserves an id that no message has or will have, for a message that is not stored. Returns it. The sequence of
 * `messages` moves on, so the gateway never sees the id again. Runs inside the caller's transaction.
 */
export async function reserveMessageId(sql: WriteSession): Promise<number> {
  const next = `UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'messages' RETURNING seq AS id`
  const [reserved] = await sql.all<{ id: number }>(next)
  if (reserved !== undefined) return reserved.id
  // SQLite adds the sequence with the first message.
  await sql.run(`INSERT INTO sqlite_sequence (name, seq) VALUES ('messages', 1)`)
  return 1
}
