import type { Filter } from '#shared/domain/filter.ts'
import type { ReadSession } from '../sqlite/connection.ts'
import { audienceOf } from './audience.ts'

/** How many clients of an audience live in each time zone. */
export function countZones(sql: ReadSession, filter: Filter): Promise<{ timeZone: string; clients: number }[]> {
  const audience = audienceOf(filter)
  return sql.all(
    `SELECT c.timeZone, COUNT(*) AS clients FROM clients c WHERE ${audience.sql} GROUP BY c.timeZone`,
    audience.values,
  )
}
