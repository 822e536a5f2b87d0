import { searchTextOf } from '../clients/client-row.ts'
import { tagIdsOf } from '../clients/client-tags.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'

/** Clients many at a time. Each function runs inside the caller's transaction and takes its rows as one JSON value. */

/** What an import writes of a client. */
export interface ImportedClient {
  readonly phone: string
  readonly operatorCode: string
  readonly timeZone: string
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface KnownClient extends ImportedClient {
  readonly id: number
  readonly tags: readonly string[]
}

/** Those of these phones that the directory has. */
export async function findClientsByPhone(sql: ReadSession, phones: readonly string[]): Promise<KnownClient[]> {
  const rows = await sql.all<Omit<KnownClient, 'attributes' | 'tags'> & { attributes: string; tags: string }>(
    `SELECT c.id, c.phone, c.operatorCode, c.timeZone, c.name, c.attributes,
       (SELECT json_group_array(t.name) FROM client_tags ct JOIN tags t ON t.id = ct.tagId WHERE ct.clientId = c.id) AS tags
     FROM json_each(?) given JOIN clients c ON c.phone = given.value`,
    [JSON.stringify(phones)],
  )
  return rows.map((row) => ({ ...row, attributes: JSON.parse(row.attributes), tags: JSON.parse(row.tags) }))
}

/**
 * Adds clients whose phones the directory does not have; those on the do-not-contact list have opted out from the start. Gives
 * back their ids, in their order.
 */
export async function insertClients(
  sql: WriteSession,
  clients: readonly ImportedClient[],
  now: number,
): Promise<number[]> {
  if (clients.length === 0) return []
  // jsonb: each row is taken apart without being parsed again for each column.
  const { changes, lastId } = await sql.run(
    `INSERT INTO clients (phone, operatorCode, timeZone, name, attributes, searchText, optedOutAt, createdAt, updatedAt)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
       (SELECT addedAt FROM do_not_contact WHERE phone = value ->> 0), ?2, ?2
     FROM jsonb_each(?1)`,
    [JSON.stringify(clients.map(columnsOf)), now],
  )
  // One statement takes its ids in one unbroken range.
  return Array.from({ length: changes }, (_, index) => lastId - changes + 1 + index)
}

/** Writes changed clients anew. */
export async function updateClients(
  sql: WriteSession,
  clients: ReadonlyArray<ImportedClient & { readonly id: number }>,
  now: number,
): Promise<void> {
  if (clients.length === 0) return
  await sql.run(
    `UPDATE clients SET operatorCode = value ->> 1, timeZone = value ->> 2, name = value ->> 3, attributes = value ->> 4,
       searchText = value ->> 5, updatedAt = ?2
     FROM jsonb_each(?1) WHERE clients.id = value ->> 6`,
    [JSON.stringify(clients.map((client) => [...columnsOf(client), client.id])), now],
  )
}

function columnsOf(client: ImportedClient): string[] {
  const { phone, operatorCode, timeZone, name, attributes } = client
  return [phone, operatorCode, timeZone, name, JSON.stringify(attributes), searchTextOf(client)]
}

/** Gives clients further tags; those that they have already do no harm. */
export async function addTags(
  sql: WriteSession,
  additions: ReadonlyArray<{ readonly clientId: number; readonly tags: readonly string[] }>,
): Promise<void> {
  const ids = await tagIdsOf(sql, [...new Set(additions.flatMap((addition) => addition.tags))])
  const pairs = additions.flatMap(({ clientId, tags }) => tags.map((tag) => `(${clientId},${ids.get(tag)})`))
  if (pairs.length === 0) return
  await sql.exec(`INSERT OR IGNORE INTO client_tags (clientId, tagId) VALUES ${pairs.join(',')}`)
}

/** Takes tags from clients; those that they do not have do no harm. */
export async function removeTags(
  sql: WriteSession,
  removals: ReadonlyArray<{ readonly clientId: number; readonly tags: readonly string[] }>,
): Promise<void> {
  const pairs = removals.flatMap(({ clientId, tags }) => tags.map((tag) => [clientId, tag]))
  if (pairs.length === 0) return
  await sql.run(
    `DELETE FROM client_tags WHERE (clientId, tagId) IN (
       SELECT given.value ->> 0, t.id FROM json_each(?) given JOIN tags t ON t.name = given.value ->> 1)`,
    [JSON.stringify(pairs)],
  )
}
