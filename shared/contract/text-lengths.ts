import * as z from 'zod'
import { filterSchema } from '../domain/filter.ts'
import { appErrorSchema } from './errors.ts'

/** A client as the console shows it. */
const clientNameSchema = z.object({ id: z.int(), name: z.string(), phone: z.string() })

/** A text and its audience. */
export const textLengthsQuerySchema = z.object({ text: z.string().max(10_000), filter: filterSchema })

/** The lengths of a text for an audience. `gsm7 + ucs2 + empty + failed` equals `clients`. */
const textLengthsSchema = z.object({
  clients: z.int(),
  /** Clients whose text is in this encoding. */
  gsm7: z.int(),
  ucs2: z.int(),
  /** Clients whose rendered text is empty: nothing is sent to them. */
  empty: z.int(),
  /** Clients whose text cannot be rendered. */
  failed: z.int(),
  /** The first `failed` client and its error. */
  failure: z.object({ client: clientNameSchema, error: appErrorSchema }).nullable(),
  /** The first character outside GSM-7, and the client whose text contains it. */
  forcedBy: z.object({ character: z.string(), client: clientNameSchema }).nullable(),
  /** Of the texts that can be sent, or null if there are none. */
  segments: z.object({ min: z.int(), max: z.int(), total: z.int() }).nullable(),
  /** The client with the longest text. `units` depends on the encoding. */
  longest: z.object({ client: clientNameSchema, units: z.int(), segments: z.int() }).nullable(),
})

export const textLengthsEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), measured: z.int(), clients: z.int() }),
  z.object({ kind: z.literal('result'), lengths: textLengthsSchema }),
])

export type TextLengthsQuery = z.output<typeof textLengthsQuerySchema>
export type TextLengths = z.output<typeof textLengthsSchema>
export type TextLengthsEvent = z.output<typeof textLengthsEventSchema>
