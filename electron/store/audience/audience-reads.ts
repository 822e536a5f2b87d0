import { mergeFields, textFieldOf } from '#shared/domain/client-fields.ts'
import type { Filter } from '#shared/domain/filter.ts'
import { mergeColumns } from '../clients/client-row.ts'
import type { AudienceMember } from '../ports/audience.ts'
import type { ReadSession } from '../sqlite/connection.ts'
import { type AudienceCondition, audienceOf, chosenBy } from './audience-condition.ts'

/** Returns the size of an audience, and how many more clients match but have opted out. */
export async function countAudience(sql: ReadSession, filter: Filter): Promise<{ clients: number; optedOut: number }> {
  const chosen = chosenBy(filter)
  const row = await sql.first<{ clients: number; optedOut: number }>(
    `SELECT COUNT(*) FILTER (WHERE c.optedOutAt IS NULL) AS clients, COUNT(*) FILTER (WHERE c.optedOutAt IS NOT NULL) AS optedOut
     FROM clients c INDEXED BY clients_facets WHERE ${chosen.sql}`,
    chosen.values,
  )
  return row ?? { clients: 0, optedOut: 0 }
}

/** Returns one client with the values that a text may use; undefined when the client does not exist. */
export function memberById(sql: ReadSession, id: number): Promise<AudienceMember | undefined> {
  return sql.first<AudienceMember>(
    `SELECT c.id, c.phone, ${mergeColumns('c')}, c.attributes FROM clients c WHERE c.id = ?`,
    [id],
  )
}

/** Returns the next members of an audience by id, after `afterId`. A client who joins or leaves is returned at most once. */
export function nextOfAudience(
  sql: ReadSession,
  filter: Filter,
  afterId: number,
  limit: number,
): Promise<AudienceMember[]> {
  const audience = audienceOf(filter)
  return sql.all<AudienceMember>(
    `SELECT c.id, c.phone, ${mergeColumns('c')}, c.attributes FROM clients c WHERE c.id > ? AND ${audience.sql} ORDER BY c.id LIMIT ?`,
    [afterId, ...audience.values, limit],
  )
}

/** Returns how many of an audience have no value for a variable. Every client has a phone. */
export async function countWithout(sql: ReadSession, filter: Filter, variable: string): Promise<number> {
  if (variable === 'phone') return 0
  const audience = audienceOf(filter)
  const missing = withoutValue(variable)
  const row = await sql.first<{ clients: number }>(
    `SELECT COUNT(*) AS clients FROM clients c WHERE ${missing.sql} AND ${audience.sql}`,
    [...missing.values, ...audience.values],
  )
  return row?.clients ?? 0
}

/** Returns the condition that a client has no value for a variable, as `mergeValuesOf` decides it. */
function withoutValue(variable: string): AudienceCondition {
  const field = mergeFields.find((each) => each === variable)
  const withoutField = field === undefined ? 'true' : `c.${field} = ''`
  if (field !== undefined && textFieldOf(field).isOptional !== true) return { sql: withoutField, values: [] }
  return {
    sql: `${withoutField} AND NOT EXISTS (SELECT 1 FROM json_each(c.attributes) j WHERE j.key = ? AND j.value <> '')`,
    values: [variable],
  }
}

/** Returns the number of an audience's clients in each time zone. */
export function countZones(sql: ReadSession, filter: Filter): Promise<{ timeZone: string; clients: number }[]> {
  const audience = audienceOf(filter)
  return sql.all(
    `SELECT c.timeZone, COUNT(*) AS clients FROM clients c WHERE ${audience.sql} GROUP BY c.timeZone`,
    audience.values,
  )
}
