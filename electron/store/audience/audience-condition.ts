import { fieldFilters } from '#shared/domain/client-fields.ts'
import { type Filter, isEmptyFilter } from '#shared/domain/filter.ts'

/** A piece of SQL and the values for its question marks. */
export interface AudienceCondition {
  readonly sql: string
  readonly values: readonly string[]
}

/**
 * Returns the filter as a condition on the row `c` of `clients`, without clients who have opted out.
 * `selects` in shared/domain/filter.ts states the same rule over values.
 */
export function audienceOf(filter: Filter): AudienceCondition {
  const { sql, values } = chosenBy(filter)
  return { sql: `c.optedOutAt IS NULL AND ${sql}`, values }
}

/** Returns the filter without the condition on opting out, so that such clients can be counted. */
export function chosenBy(filter: Filter): AudienceCondition {
  if (isEmptyFilter(filter)) return { sql: 'true', values: [] }
  const chosen: AudienceCondition[] = []
  for (const { field, name } of fieldFilters) {
    if (filter[name].length > 0) chosen.push(among(`c.${field}`, filter[name]))
  }
  if (filter.tags.length > 0) chosen.push(tagged(filter.tags))
  const parts: AudienceCondition[] = []
  if (chosen.length > 0) parts.push(joined(chosen, filter.match === 'all' ? ' AND ' : ' OR '))
  if (filter.excludeTags.length > 0) {
    const { sql, values } = tagged(filter.excludeTags)
    parts.push({ sql: `NOT ${sql}`, values })
  }
  return joined(parts, ' AND ')
}

function joined(conditions: readonly AudienceCondition[], word: string): AudienceCondition {
  return {
    sql: `(${conditions.map((condition) => condition.sql).join(word)})`,
    values: conditions.flatMap((condition) => condition.values),
  }
}

function among(column: string, values: readonly string[]): AudienceCondition {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values }
}

function tagged(names: readonly string[]): AudienceCondition {
  const { sql, values } = among('t.name', names)
  return {
    sql: `EXISTS (SELECT 1 FROM client_tags ct JOIN tags t ON t.id = ct.tagId WHERE ct.clientId = c.id AND ${sql})`,
    values,
  }
}
