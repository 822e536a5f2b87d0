import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { columnTargets } from '../domain/import-columns.ts'
import { delimiters, encodings } from '../domain/table-file.ts'
import { procedure } from './errors.ts'
import { refusedLineSchema } from './values.ts'

export const columnMeaningSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), field: z.enum(columnTargets) }),
  z.object({ kind: z.literal('attribute'), name: z.string().trim().min(1).max(100) }),
  z.object({ kind: z.literal('ignored') }),
])

/** What is left out is guessed. */
const howToRead = {
  /** The sheet of a workbook; the first one when left out. */
  sheet: z.string().optional(),
  /** How a text is written down, and what stands between its cells. */
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
}

const headerSchema = z.array(z.string()).max(500)

/**
 * What is done with a phone that the directory has already. `update`: what the line says is taken over, its tags are added, what it
 * leaves blank stays. `addTags`, `replaceTags`: nothing but the tags. `skip`: nothing.
 */
export const onKnownChoices = ['update', 'skip', 'addTags', 'replaceTags'] as const
export type OnKnown = (typeof onKnownChoices)[number]

/**
 * What became of an import. `created + updated + skipped + refused` is `total`, the number of lines that hold anything; `repeated` of
 * them have a phone that stands in an earlier line too, and were laid over it.
 */
export const importReportSchema = z.object({
  total: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  refused: z.int(),
  repeated: z.int(),
  /** Nothing was written: this is what would have become of the file. */
  dryRun: z.boolean(),
})

/** The report with every line that was refused. */
export const wholeImportReportSchema = importReportSchema.extend({ refusals: z.array(refusedLineSchema) })

/** `refusals` come as they are found, before the report; after `cancelled` the directory is as it was before. */
export const importEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), bytesRead: z.int(), bytesTotal: z.int(), rows: z.int() }),
  z.object({ kind: z.literal('refusals'), refusals: z.array(refusedLineSchema) }),
  /** What was taken is being given back; so many lines are still to go. */
  z.object({ kind: z.literal('undoing'), rows: z.int() }),
  z.object({ kind: z.literal('cancelled'), rows: z.int() }),
  z.object({ kind: z.literal('report'), report: importReportSchema }),
])

export const importProcedures = {
  /**
   * Reads a table into the directory, all of it or nothing. Yields progress and refusals, then the report. A stream that is broken
   * off, a call of `cancelImport` and the death of the program leave the directory as it was. One import at a time.
   */
  import: procedure
    .input(
      z.object({
        /** CSV in any usual encoding, or an Excel workbook (.xlsx). */
        csv: z.file(),
        ...howToRead,
        /** One meaning per column; guessed from the header when left out, remembered for it when given. */
        columns: z.array(columnMeaningSchema).max(500).optional(),
        /** What to do with a phone that the directory has already. */
        onKnown: z.enum(onKnownChoices).default('update'),
        /** Gives the report that the import would give, and writes nothing. */
        dryRun: z.boolean().default(false),
      }),
    )
    .output(eventIterator(importEventSchema)),
  /** Stops the import under way; its stream tells when everything is as it was. `stopped` is false when none is: its file is still coming in, perhaps. */
  cancelImport: procedure.output(z.object({ stopped: z.boolean() })),
  /** The beginning of a table, read as the import will read it. */
  readTable: procedure.input(z.object({ file: z.file(), ...howToRead })).output(
    z.object({
      /** Those of a workbook, and which of them is read; no other file has any. */
      sheets: z.array(z.string()),
      sheet: z.string().nullable(),
      header: z.array(z.string()),
      sample: z.array(z.array(z.string())),
    }),
  ),
  /** What the columns under this header were when a file with it was imported last; null when none was. */
  columnsOfHeader: procedure
    .input(z.object({ header: headerSchema }))
    .output(z.object({ columns: z.array(columnMeaningSchema).nullable() })),
}

export type ImportReport = z.output<typeof importReportSchema>
export type WholeImportReport = z.output<typeof wholeImportReportSchema>
export type ImportEvent = z.output<typeof importEventSchema>
