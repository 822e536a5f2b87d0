import type { Reading } from '../store.ts'

/** One value that clients have, and how many have it. */
export interface FacetValue {
  readonly value: string
  readonly clients: number
}

/** What there is to choose from in filters, the most frequent first; names of attributes in their alphabetical order. */
export async function readFacets({ sql }: Pick<Reading, 'sql'>) {
  const counted = (kind: 'operatorCode' | 'timeZone') =>
    sql.all<FacetValue>(
      'SELECT value, clients FROM client_counts WHERE kind = ? AND clients > 0 ORDER BY clients DESC, value',
      [kind],
    )
  const [operatorCodes, tags, timeZones, attributes] = await Promise.all([
    counted('operatorCode'),
    sql.all<FacetValue>('SELECT name AS value, clients FROM tags WHERE clients > 0 ORDER BY clients DESC, name'),
    counted('timeZone'),
    sql.all<{ name: string }>(
      `SELECT value AS name FROM client_counts WHERE kind = 'attribute' AND clients > 0 ORDER BY name`,
    ),
  ])
  return { operatorCodes, tags, timeZones, attributes: attributes.map((attribute) => attribute.name) }
}
