import type { Client } from '#shared/contract/clients.ts'
import { type ClientTexts, clientTextFields, mergeFields } from '#shared/domain/client-fields.ts'
import { foldForSearch } from '#shared/domain/fold-for-search.ts'
import { toInstant } from '../../base/clock.ts'
import type { ReadSession } from '../sqlite/connection.ts'

interface StoredClient extends ClientTexts {
  readonly id: number
  readonly phone: string
  readonly attributes: string
  readonly optedOutAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly tags: string
}

/** Returns the columns of a client's text fields, as the row `table` has them. */
export function textColumns(table: string): string {
  return clientTextFields.map((field) => `${table}.${field}`).join(', ')
}

/** Returns the columns of the fields that texts can use, as the row `table` has them. */
export function mergeColumns(table: string): string {
  return mergeFields.map((field) => `${table}.${field}`).join(', ')
}

/** The clients with these ids, in the order of the ids; those that are gone are left out. */
export async function clientsByIds(sql: ReadSession, ids: readonly number[]): Promise<Client[]> {
  const rows = await sql.all<StoredClient>(
    `SELECT c.id, c.phone, ${textColumns('c')}, c.attributes, c.optedOutAt, c.createdAt, c.updatedAt,
       (SELECT json_group_array(t.name ORDER BY t.name) FROM client_tags ct JOIN tags t ON t.id = ct.tagId
        WHERE ct.clientId = c.id) AS tags
     FROM json_each(?) wanted JOIN clients c ON c.id = wanted.value ORDER BY wanted.key`,
    [JSON.stringify(ids)],
  )
  return rows.map((row) => ({
    ...row,
    attributes: JSON.parse(row.attributes),
    tags: JSON.parse(row.tags),
    optedOutAt: toInstant(row.optedOutAt),
    createdAt: toInstant(row.createdAt),
    updatedAt: toInstant(row.updatedAt),
  }))
}

/** What a search looks at in a client's own row; tags are looked up beside it. */
export function searchTextOf(client: { readonly name: string; readonly phone: string }): string {
  return `${foldForSearch(client.name)} ${client.phone}`
}
