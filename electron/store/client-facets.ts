import type { Reading } from './store.ts'

/** One value that clients have, and how many have it. */
export interface Facet {
  readonly value: string
  readonly clients: number
}

/** What there is to choose from in filters, the most frequent first; names of attributes in their alphabetical order. */
export async function readFacets({ sql }: Pick<Reading, 'sql'>) {
  const [operatorCodes, tags, timeZones, attributes] = await Promise.all([
    sql.all<Facet>(
      'SELECT operatorCode AS value, count(*) AS clients FROM clients GROUP BY operatorCode ORDER BY clients DESC, value',
    ),
    sql.all<Facet>(
      `SELECT t.name AS value, used.clients
       FROM (SELECT tagId, count(*) AS clients FROM client_tags GROUP BY tagId) used JOIN tags t ON t.id = used.tagId
       ORDER BY used.clients DESC, t.name`,
    ),
    sql.all<Facet>(
      'SELECT timeZone AS value, count(*) AS clients FROM clients GROUP BY timeZone ORDER BY clients DESC, value',
    ),
    sql.all<{ name: string }>(
      `SELECT DISTINCT attribute.key AS name FROM clients c, json_each(c.attributes) attribute WHERE c.attributes <> '{}' ORDER BY name`,
    ),
  ])
  return { operatorCodes, tags, timeZones, attributes: attributes.map((attribute) => attribute.name) }
}
