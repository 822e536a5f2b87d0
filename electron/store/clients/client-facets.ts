import { type FieldFilter, type FieldFilterName, fieldFilters } from '#shared/domain/client-fields.ts'
import type { ClientFacet, ClientFacets } from '../ports/clients.ts'
import type { ReadSession } from '../sqlite/connection.ts'

/** Returns what filters offer: the most frequent values first; names of attributes in alphabetical order. */
export async function readFacets(sql: ReadSession): Promise<ClientFacets> {
  const counted = ({ field }: FieldFilter) =>
    sql.all<ClientFacet>(
      'SELECT value, clients FROM client_counts WHERE kind = ? AND clients > 0 ORDER BY clients DESC, value',
      [field],
    )
  const [ofFields, tags, attributes] = await Promise.all([
    Promise.all(fieldFilters.map(async (filter) => [filter.name, await counted(filter)] as const)),
    sql.all<ClientFacet>('SELECT name AS value, clients FROM tags WHERE clients > 0 ORDER BY clients DESC, name'),
    sql.all<{ name: string }>(
      `SELECT value AS name FROM client_counts WHERE kind = 'attribute' AND clients > 0 ORDER BY name`,
    ),
  ])
  const facets = Object.fromEntries(ofFields) as { [Name in FieldFilterName]: ClientFacet[] }
  return { ...facets, tags, attributes: attributes.map((attribute) => attribute.name) }
}
