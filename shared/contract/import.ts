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

/** How a file is read. Omitted options are detected. */
const howToRead = {
  /** The sheet of a workbook. Defaults to the first one. */
  sheet: z.string().optional(),
  /** The encoding and the delimiter of a text file. */
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
}

const headerSchema = z.array(z.string()).max(500)

/**
 * What happens to a client whose phone is already in the directory. `update` overwrites its fields with the non-blank cells and adds
 * the tags. `addTags` and `replaceTags` change only the tags. `skip` changes nothing.
 */
export const onKnownChoices = ['update', 'skip', 'addTags', 'replaceTags'] as const
export type OnKnown = (typeof onKnownChoices)[number]

/**
 * The result of an import. `created + updated + skipped + refused` equals `total`, the number of non-blank lines. `repeated` lines have
 * the phone of an earlier line, and overwrite it.
 */
export const importReportSchema = z.object({
  total: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  refused: z.int(),
  repeated: z.int(),
  /** If true, nothing was written: these would be the results. */
  dryRun: z.boolean(),
})

/** The report with every refused line. */
export const wholeImportReportSchema = importReportSchema.extend({ refusals: z.array(refusedLineSchema) })

/** `refusals` come before the report. After `cancelled` the directory is as it was before the import. */
export const importEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), bytesRead: z.int(), bytesTotal: z.int(), rows: z.int() }),
  z.object({ kind: z.literal('refusals'), refusals: z.array(refusedLineSchema) }),
  /** The import is being undone. `rows` is the number of lines left. */
  z.object({ kind: z.literal('undoing'), rows: z.int() }),
  z.object({ kind: z.literal('cancelled'), rows: z.int() }),
  z.object({ kind: z.literal('report'), report: importReportSchema }),
])

export const importProcedures = {
  /**
   * Imports a table into the directory, completely or not at all. Yields progress and refusals, then the report. If the stream is
   * closed, `cancelImport` is called or the program crashes, the directory stays as it was. Only one import can run at a time.
   */
  import: procedure
    .input(
      z.object({
        /** CSV in any usual encoding, or an Excel workbook (.xlsx). */
        csv: z.file(),
        ...howToRead,
        /** One meaning per column. If omitted, they are guessed from the header. If given, they are remembered for it. */
        columns: z.array(columnMeaningSchema).max(500).optional(),
        onKnown: z.enum(onKnownChoices).default('update'),
        /** If true, returns the report without writing anything. */
        dryRun: z.boolean().default(false),
      }),
    )
    .output(eventIterator(importEventSchema)),
  /** Stops the running import. Its stream yields `cancelled` once the import is undone. `stopped` is false if no import is running. */
  cancelImport: procedure.output(z.object({ stopped: z.boolean() })),
  /** Returns the first lines of a table, read as the import reads them. */
  readTable: procedure.input(z.object({ file: z.file(), ...howToRead })).output(
    z.object({
      /** The sheets of a workbook and the one that is read. Other files have none. */
      sheets: z.array(z.string()),
      sheet: z.string().nullable(),
      header: z.array(z.string()),
      sample: z.array(z.array(z.string())),
    }),
  ),
  /** Returns the columns of the last import with this header, or null if there was none. */
  columnsOfHeader: procedure
    .input(z.object({ header: headerSchema }))
    .output(z.object({ columns: z.array(columnMeaningSchema).nullable() })),
}

export type ImportReport = z.output<typeof importReportSchema>
export type WholeImportReport = z.output<typeof wholeImportReportSchema>
export type ImportEvent = z.output<typeof importEventSchema>
