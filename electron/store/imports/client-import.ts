import { byName, clientTextFields } from '#shared/domain/client-fields.ts'
import { searchTextOf, textColumns } from '../clients/client-row.ts'
import { tagIdsOf } from '../clients/client-tags.ts'
import type { WriteContext } from '../contexts.ts'
import type { ImportedChanges, ImportedClient, KnownClient } from '../ports/imports.ts'
import type { ReadSession, WriteSession } from '../sqlite/connection.ts'
import { recordBefore, recordCreated } from './import-undo.ts'

/** Returns the clients of the directory that have one of these phones. */
export async function findClientsByPhone(sql: ReadSession, phones: readonly string[]): Promise<KnownClient[]> {
  const rows = await sql.all<Omit<KnownClient, 'attributes' | 'tags'> & { attributes: string; tags: string }>(
    `SELECT c.id, c.phone, ${textColumns('c')}, c.attributes,
       (SELECT json_group_array(t.name) FROM client_tags ct JOIN tags t ON t.id = ct.tagId WHERE ct.clientId = c.id) AS tags
     FROM json_each(?) given JOIN clients c ON c.phone = given.value`,
    [JSON.stringify(phones)],
  )
  return rows.map((row) => ({ ...row, attributes: JSON.parse(row.attributes), tags: JSON.parse(row.tags) }))
}

/**
 * Applies some lines of an import and records what they change. Clients whose phone is on the do-not-contact list are
 * opted out from the start.
 */
export async function applyImport(
  { sql }: WriteContext,
  importId: number,
  { created, changed }: ImportedChanges,
  now: number,
): Promise<void> {
  await recordBefore(
    sql,
    importId,
    changed.map((client) => client.id),
    now,
  )
  const ids = await insertClients(sql, created, now)
  await recordCreated(sql, importId, [...ids.values()])
  await updateClients(sql, changed, now)
  await addTags(sql, [
    ...created.map(({ phone, tags }) => ({ clientId: idOf(ids, phone), tags })),
    ...changed.map(({ id, addedTags }) => ({ clientId: id, tags: addedTags })),
  ])
  await removeTags(
    sql,
    changed.map(({ id, removedTags }) => ({ clientId: id, tags: removedTags })),
  )
}

function idOf(ids: ReadonlyMap<string, number>, phone: string): number {
  const id = ids.get(phone)
  if (id === undefined) throw new Error('a client that was inserted has no id')
  return id
}

/** Adds clients whose phones the directory does not have. Returns the id of each phone. */
async function insertClients(
  sql: WriteSession,
  clients: readonly ImportedClient[],
  now: number,
): Promise<Map<string, number>> {
  if (clients.length === 0) return new Map()
  // jsonb: each row is read without parsing it again for each column.
  const rows = await sql.all<{ id: number; phone: string }>(
    `INSERT INTO clients (phone, ${columns.join(', ')}, optedOutAt, createdAt, updatedAt)
     SELECT value ->> 'phone', ${columns.map((column) => `value ->> '${column}'`).join(', ')},
       (SELECT addedAt FROM do_not_contact WHERE phone = value ->> 'phone'), ?2, ?2
     FROM jsonb_each(?1) RETURNING id, phone`,
    [JSON.stringify(clients.map(valuesOf)), now],
  )
  return new Map(rows.map(({ id, phone }) => [phone, id]))
}

/** Overwrites changed clients. */
async function updateClients(
  sql: WriteSession,
  clients: ReadonlyArray<ImportedClient & { readonly id: number }>,
  now: number,
): Promise<void> {
  if (clients.length === 0) return
  await sql.run(
    `UPDATE clients SET ${columns.map((column) => `${column} = value ->> '${column}'`).join(', ')}, updatedAt = ?2
     FROM jsonb_each(?1) WHERE clients.id = value ->> 'id'`,
    [JSON.stringify(clients.map((client) => ({ ...valuesOf(client), id: client.id }))), now],
  )
}

/** The columns besides the phone that an import writes. */
const columns = [...clientTextFields, 'attributes', 'searchText'] as const

/** Returns the value of each column by its name. */
function valuesOf(client: ImportedClient): Record<'phone' | (typeof columns)[number], string> {
  return {
    phone: client.phone,
    ...byName(clientTextFields, (field) => client[field]),
    attributes: JSON.stringify(client.attributes),
    searchText: searchTextOf(client),
  }
}

/** Adds tags to clients. */
async function addTags(
  sql: WriteSession,
  additions: ReadonlyArray<{ readonly clientId: number; readonly tags: readonly string[] }>,
): Promise<void> {
  const ids = await tagIdsOf(sql, [...new Set(additions.flatMap((addition) => addition.tags))])
  const pairs = additions.flatMap(({ clientId, tags }) => tags.map((tag) => `(${clientId},${ids.get(tag)})`))
  if (pairs.length === 0) return
  await sql.exec(
    `INSERT INTO client_tags (clientId, tagId) VALUES ${pairs.join(',')} ON CONFLICT (clientId, tagId) DO NOTHING`,
  )
}

/** Removes tags from clients. */
async function removeTags(
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
