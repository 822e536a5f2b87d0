import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { selectionSchema } from './bulk-changes.ts'
import { clientSortFields } from './clients.ts'
import { procedure } from './errors.ts'
import { periodParts, periodSchema } from './reports.ts'
import { idSchema, messageStatusSchema, timeZoneSchema } from './values.ts'

/** What can be written to a file. */
export const exportSubjectSchema = z.discriminatedUnion('kind', [
  /** Clients with everything that is known of them, a column for each attribute; those named by their ids come in the order of the ids. */
  z.strictObject({
    kind: z.literal('clients'),
    selection: selectionSchema,
    sortBy: z.enum(clientSortFields).default('id'),
    descending: z.boolean().default(false),
  }),
  /** The messages of a delivery with their last request, in the order of sending. */
  z.strictObject({ kind: z.literal('messages'), deliveryId: idSchema, status: messageStatusSchema.optional() }),
  /** The general statistics: a line for each delivery, or each of those named, the newest first. */
  z.strictObject({ kind: z.literal('deliveries'), ids: z.array(idSchema).max(1000).optional() }),
  /** The messages of a period, a line for each day, code, zone or tag. */
  z.strictObject({ kind: z.literal('period'), by: z.enum(periodParts), period: periodSchema }),
  /** What a delivery came to: a line for each message status, then one for each error. */
  z.strictObject({ kind: z.literal('results'), deliveryId: idSchema }),
  /** A delivery's results second by second; seconds without any are left out. */
  z.strictObject({ kind: z.literal('timeline'), deliveryId: idSchema }),
])

export const exportFormats = ['csv', 'xlsx'] as const
export const csvSeparators = ['comma', 'semicolon'] as const

/** How the file is written. */
export const exportFormSchema = z.strictObject({
  format: z.enum(exportFormats).default('csv'),
  /** What stands between the cells of a CSV file. */
  separator: z.enum(csvSeparators).default('comma'),
  /** Whose clocks the dates of an XLSX file show, which know no zone themselves; this machine's unless given. CSV has ISO 8601 in UTC. */
  timeZone: timeZoneSchema.optional(),
  /** Titles (`column.phone`) and values (`status.sent`) in the reader's language; the API's own names stand where there is no word. */
  words: z.record(z.string().max(100), z.string().max(200)).default({}),
})

export const exportEventSchema = z.discriminatedUnion('kind', [
  /** Comes first: how many lines there will be, unless something changes meanwhile. */
  z.object({ kind: z.literal('begun'), exportId: z.string(), total: z.int() }),
  /** The next bytes of the file in base64, and how many lines have been read so far. */
  z.object({ kind: z.literal('piece'), bytes: z.base64(), lines: z.int() }),
  /** The file is whole. */
  z.object({ kind: z.literal('done'), lines: z.int() }),
])

export const exports = {
  /** Writes a file piece by piece. Breaking off the stream ends the export. */
  write: procedure
    .input(
      exportFormSchema.extend({
        subject: exportSubjectSchema,
        /** The reader says `taken` of each piece: no more than a few are on their way at once, however slowly it reads. */
        acknowledges: z.boolean().default(false),
      }),
    )
    .output(eventIterator(exportEventSchema)),
  /** A piece has been taken. */
  taken: procedure.input(z.object({ exportId: z.string().max(100) })).output(z.void()),
}

export type ExportSubject = z.output<typeof exportSubjectSchema>
export type ExportForm = z.output<typeof exportFormSchema>
export type ExportEvent = z.output<typeof exportEventSchema>
export type ExportFormat = (typeof exportFormats)[number]
