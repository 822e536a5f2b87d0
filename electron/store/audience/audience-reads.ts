import type { Filter } from '#shared/domain/filter.ts'
import type { ReadSession } from '../sqlite/connection.ts'
import { audienceOf, chosenBy } from './audience.ts'

/** How many clients the filter selects, and how many it would but for their opting out. */
export async function countAudience(sql: ReadSession, filter: Filter): Promise<{ clients: number; optedOut: number }> {
  const chosen = chosenBy(filter)
  const row = await sql.first<{ clients: number; optedOut: number }>(
    `SELECT COUNT(*) FILTER (WHERE c.optedOutAt IS NULL) AS clients, COUNT(*) FILTER (WHERE c.optedOutAt IS NOT NULL) AS optedOut
     FROM clients c INDEXED BY clients_facets WHERE ${chosen.sql}`,
    chosen.values,
  )
  return row ?? { clients: 0, optedOut: 0 }
}

/** A member of an audience with what a text may say of it. */
export interface Member {
  readonly id: number
  readonly phone: string
  readonly name: string
  /** JSON object of strings. */
  readonly attributes: string
}

/** One client with what a text may say of them; undefined when there is none. */
export function memberById(sql: ReadSession, id: number): Promise<Member | undefined> {
  return sql.first<Member>('SELECT id, phone, name, attributes FROM clients WHERE id = ?', [id])
}

/** The first clients of an audience. */
export function firstOfAudience(sql: ReadSession, filter: Filter, limit: number): Promise<Member[]> {
  return nextOfAudience(sql, filter, 0, limit)
}

/** The next members of an audience by id, beginning after `afterId`. Whoever joins or leaves meanwhile is met at most once. */
export function nextOfAudience(sql: ReadSession, filter: Filter, afterId: number, limit: number): Promise<Member[]> {
  const audience = audienceOf(filter)
  return sql.all<Member>(
    `SELECT c.id, c.phone, c.name, c.attributes FROM clients c WHERE c.id > ? AND ${audience.sql} ORDER BY c.id LIMIT ?`,
    [afterId, ...audience.values, limit],
  )
}

/** How many of an audience have nothing under this variable: no name, or no such attribute. Everybody has a phone. */
export async function countLacking(sql: ReadSession, filter: Filter, variable: string): Promise<number> {
  if (variable === 'phone') return 0
  const audience = audienceOf(filter)
  const lacking =
    variable === 'name'
      ? { sql: `c.name = ''`, values: [] }
      : {
          sql: `NOT EXISTS (SELECT 1 FROM json_each(c.attributes) j WHERE j.key = ? AND j.value <> '')`,
          values: [variable],
        }
  const row = await sql.first<{ clients: number }>(
    `SELECT COUNT(*) AS clients FROM clients c WHERE ${lacking.sql} AND ${audience.sql}`,
    [...lacking.values, ...audience.values],
  )
  return row?.clients ?? 0
}
