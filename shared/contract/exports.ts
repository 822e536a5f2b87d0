import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { timeZoneSchema } from '../domain/time-zone.ts'
import { selectionSchema } from './bulk-changes.ts'
import { clientSortFields } from './clients.ts'
import { procedure } from './errors.ts'
import { periodParts, periodSchema } from './reports.ts'
import { idSchema, messageStatusSchema } from './values.ts'

/** What can be exported. */
export const exportSubjectSchema = z.discriminatedUnion('kind', [
  /** Clients with all fields and a column per attribute. Clients selected by ids come in the order of the ids. */
  z.strictObject({
    kind: z.literal('clients'),
    selection: selectionSchema,
    sortBy: z.enum(clientSortFields).default('id'),
    descending: z.boolean().default(false),
  }),
  /** The messages of a delivery with their last attempts, in sending order. */
  z.strictObject({ kind: z.literal('messages'), deliveryId: idSchema, status: messageStatusSchema.optional() }),
  /** The general statistics: a row per delivery, newest first. `ids` selects deliveries. */
  z.strictObject({ kind: z.literal('deliveries'), ids: z.array(idSchema).max(1000).optional() }),
  /** The messages of a period: a row per day, operator code, time zone or tag. */
  z.strictObject({ kind: z.literal('period'), by: z.enum(periodParts), period: periodSchema }),
  /** The results of a delivery: a row per message status, then a row per error. */
  z.strictObject({ kind: z.literal('results'), deliveryId: idSchema }),
  /** A delivery's results per second. Seconds without results are omitted. */
  z.strictObject({ kind: z.literal('timeline'), deliveryId: idSchema }),
])

export const exportFormats = ['csv', 'xlsx'] as const
export const csvSeparators = ['comma', 'semicolon'] as const

/** How the file is written. */
export const exportFormSchema = z.strictObject({
  format: z.enum(exportFormats).default('csv'),
  /** The separator of a CSV file. */
  separator: z.enum(csvSeparators).default('comma'),
  /** The time zone of dates in an XLSX file. Defaults to the machine's. CSV has ISO 8601 in UTC. */
  timeZone: timeZoneSchema.optional(),
  /** Column titles (`column.phone`) and values (`status.sent`) in the user's language. Missing ones default to the API's names. */
  words: z.record(z.string().max(100), z.string().max(200)).default({}),
})

/** Which file is written, and how. */
export const exportOrderSchema = exportFormSchema.extend({
  subject: exportSubjectSchema,
  /** If true, the client confirms each chunk by `taken`, and only a few unconfirmed chunks are sent. */
  acknowledges: z.boolean().default(false),
})

export const exportEventSchema = z.discriminatedUnion('kind', [
  /** The first event. `total` is the expected number of rows. */
  z.object({ kind: z.literal('begun'), exportId: z.string(), total: z.int() }),
  /** The next bytes of the file in base64, and the number of rows so far. */
  z.object({ kind: z.literal('piece'), bytes: z.base64(), lines: z.int() }),
  /** The file is complete. */
  z.object({ kind: z.literal('done'), lines: z.int() }),
])

export const exportProcedures = {
  /** Writes a file in chunks. Closing the stream ends the export. */
  write: procedure.input(exportOrderSchema).output(eventIterator(exportEventSchema)),
  /** Confirms a chunk. */
  taken: procedure.input(z.object({ exportId: z.string().max(100) })).output(z.void()),
}

export type ExportSubject = z.output<typeof exportSubjectSchema>
export type ExportOrder = z.output<typeof exportOrderSchema>
export type ExportForm = z.output<typeof exportFormSchema>
export type ExportEvent = z.output<typeof exportEventSchema>
export type ExportFormat = (typeof exportFormats)[number]
