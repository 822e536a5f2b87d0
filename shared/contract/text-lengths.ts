import * as z from 'zod'
import { filterSchema } from '../domain/filter.ts'

/** A client by what the operator knows it by. */
const clientNameSchema = z.object({ id: z.int(), name: z.string(), phone: z.string() })

/** A text for whom. */
export const textLengthsQuerySchema = z.object({ text: z.string().max(10_000), filter: filterSchema })

/** How long a text is for each client of an audience. `gsm7 + ucs2 + empty + failed` is `clients`. */
const textLengthsSchema = z.object({
  clients: z.int(),
  /** Clients whose text is in this encoding. */
  gsm7: z.int(),
  ucs2: z.int(),
  /** Clients for whom nothing is left of the text, so that nothing is sent to them. */
  empty: z.int(),
  /** Clients whose text cannot be rendered. */
  failed: z.int(),
  /** The first of those who are `failed`, and why. */
  failure: z.object({ client: clientNameSchema, error: z.string() }).nullable(),
  /** The first character that GSM-7 does not have, and the client in whose text it stands. */
  forcedBy: z.object({ character: z.string(), client: clientNameSchema }).nullable(),
  /** Of those whose text can be sent; null where there are none. */
  segments: z.object({ min: z.int(), max: z.int(), total: z.int() }).nullable(),
  /** Whose text is the longest; units as its encoding counts them. */
  longest: z.object({ client: clientNameSchema, units: z.int(), segments: z.int() }).nullable(),
})

export const textLengthsEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), measured: z.int(), clients: z.int() }),
  z.object({ kind: z.literal('result'), lengths: textLengthsSchema }),
])

export type TextLengthsQuery = z.output<typeof textLengthsQuerySchema>
export type TextLengths = z.output<typeof textLengthsSchema>
export type TextLengthsEvent = z.output<typeof textLengthsEventSchema>
