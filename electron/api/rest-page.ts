interface RestQuery {
  readonly limit: number
  readonly offset: number
  readonly [filter: string]: string | number | boolean | undefined
}

/**
 * Returns a page of a REST list. `next` and `previous` are query strings with the same limit and filters, or null at the ends.
 * The web host turns them into absolute addresses.
 */
export function restPage<Item>(query: RestQuery, count: number, results: Item[]) {
  const { limit, offset } = query
  return {
    count,
    next: offset + limit < count ? queryString({ ...query, offset: offset + limit }) : null,
    previous: offset > 0 ? queryString({ ...query, offset: Math.max(0, offset - limit) }) : null,
    results,
  }
}

function queryString(query: RestQuery): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return `?${new URLSearchParams(given)}`
}
