import * as z from 'zod'
import { deliveryStatuses, messageStatuses } from '../domain/states.ts'
import { failsWith } from '../errors/issue.ts'
import { appErrorShape } from './errors.ts'

/** A row id. Accepts a string of digits too, since ids are parts of URLs. */
export const idSchema = z.coerce.number().int().positive()

function isWithin(value: number, min: number, max: number): boolean {
  return value >= min && value <= max
}

/** An ISO 8601 instant with offset, normalised to UTC. */
export const instantSchema = z
  .string()
  .refine((text) => z.iso.datetime({ offset: true }).safeParse(text).success, {
    ...failsWith('instant_format'),
    abort: true,
  })
  // Instants computed from it, such as an end a day later, must also have a year of four digits.
  .refine((text) => isWithin(new Date(text).getUTCFullYear(), 2000, 9998), failsWith('instant_out_of_range'))
  .transform((text) => new Date(text).toISOString())
  .meta({ format: 'date-time' })

/** `HH:MM`, 24 hours. */
export const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, failsWith('time_of_day_format'))

export const deliveryStatusSchema = z.enum(deliveryStatuses)
export const messageStatusSchema = z.enum(messageStatuses)

/** A total and a count per message status, every status present. */
export const messageCountsSchema = z.object({
  total: z.int(),
  byStatus: z.record(messageStatusSchema, z.int()),
})

/** The start of a keyset page: the `nextCursor` of the page before. */
export const cursorSchema = z.string().max(1000).optional()
export const pageSizeSchema = z.coerce.number().int().min(1).max(1000).default(50)

/** A field that responses contain and requests may repeat. Its value in a request is ignored. */
export const readOnlySchema = z
  .unknown()
  .transform(() => undefined)
  .optional()
  .meta({ description: 'Read-only: ignored in requests' })

/** The page parameters of REST lists. */
export const restPageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  offset: z.coerce.number().int().min(0).default(0),
})

/** Returns the schema of a page of a REST list. `next` and `previous` are addresses, or null at the ends. */
export function restListOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    count: z.int(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(item),
  })
}

/** Returns the schema of a keyset page. `nextCursor` is null on the last page. `count` is the number of all matching items. */
export function keysetPageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), count: z.int() })
}

/** A refused line of a file: its number (the header is line 1), the invalid field and value, and the reason. */
export const refusedLineSchema = z.object({
  line: z.int(),
  field: z.string(),
  value: z.string(),
  ...appErrorShape,
  /** The error in English. */
  reason: z.string(),
})
