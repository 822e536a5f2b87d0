import * as z from 'zod'
import { byName, fieldFilters } from '../domain/client-fields.ts'

export const clientSearchSchema = z.string().trim().max(200).optional()
export const optedOutFilterSchema = z.stringbool().or(z.boolean()).optional()
const valuesSchema = z.array(z.string().max(200)).max(100).optional()

/** Filters of the client list: any of the values of a property, and all properties. `search` matches phone, name and tags. */
export const clientQuerySchema = z.strictObject({
  search: clientSearchSchema,
  ...byName(
    fieldFilters.map(({ name }) => name),
    () => valuesSchema,
  ),
  tags: valuesSchema,
  /** Excludes clients with one of these tags. */
  excludeTags: valuesSchema,
  optedOut: optedOutFilterSchema,
})

export type ClientQuery = z.output<typeof clientQuerySchema>
