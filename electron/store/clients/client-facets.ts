import type { ClientFacet, ClientFacets } from '../ports/clients.ts'
import type { ReadSession } from '../sqlite/connection.ts'

/** Returns what filters offer: the most frequent values first; names of attributes in alphabetical order. */
export async function readFacets(sql: ReadSession): Promise<ClientFacets> {
  const counted = (kind: 'operatorCode' | 'timeZone') =>
    sql.all<ClientFacet>(
      'SELECT value, clients FROM client_counts WHERE kind = ? AND clients > 0 ORDER BY clients DESC, value',
      [kind],
    )
  const [operatorCodes, tags, timeZones, attributes] = await Promise.all([
    counted('operatorCode'),
    sql.all<ClientFacet>('SELECT name AS value, clients FROM tags WHERE clients > 0 ORDER BY clients DESC, name'),
    counted('timeZone'),
    sql.all<{ name: string }>(
      `SELECT value AS name FROM client_counts WHERE kind = 'attribute' AND clients > 0 ORDER BY name`,
    ),
  ])
  return { operatorCodes, tags, timeZones, attributes: attributes.map((attribute) => attribute.name) }
}
