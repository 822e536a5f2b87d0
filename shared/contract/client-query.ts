import * as z from 'zod'

export const clientSearchSchema = z.string().trim().max(200).optional()
export const optedOutFilterSchema = z.stringbool().or(z.boolean()).optional()
const valuesSchema = z.array(z.string().max(200)).max(100).optional()

/** Which clients a list shows: of several values of one property any, but every property. `search` looks at phone, name and tags. */
export const clientQuerySchema = z.strictObject({
  search: clientSearchSchema,
  operatorCodes: valuesSchema,
  tags: valuesSchema,
  timeZones: valuesSchema,
  /** Whoever has one of these is left out. */
  excludeTags: valuesSchema,
  optedOut: optedOutFilterSchema,
})

export type ClientQuery = z.output<typeof clientQuerySchema>
