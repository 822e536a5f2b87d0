import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'
import { createRowReader, hasContent } from '#shared/domain/csv-rows.ts'
import { type ColumnMeaning, guessColumns } from '#shared/domain/import-columns.ts'
import { type Delimiter, type Encoding, formatOf, guessEncoding } from '#shared/domain/table-file.ts'
import { client } from '../../../api/client.ts'

/** How a file is read: what was found out, unless the operator knows better. */
export type ReadSettings =
  | {
      readonly kind: 'text'
      readonly encoding: Encoding
      readonly delimiter: Delimiter
      /** What was found out, so that a choice can be told from it. */
      readonly found: { readonly encoding: Encoding; readonly delimiter: Delimiter }
    }
  | { readonly kind: 'workbook'; readonly sheet: string; readonly sheets: readonly string[] }

/** What the operator sees of a file before anything is imported. */
export interface OpenedTable {
  readonly file: File
  readonly how: ReadSettings
  readonly header: readonly string[]
  /** The first rows below the header. */
  readonly sample: readonly (readonly string[])[]
  /** What the columns are: as they were under the same header last time, or else guessed. */
  readonly columns: readonly ColumnMeaning[]
  readonly isRecalled: boolean
}

/** Another way to read a file. */
export type ReadSettingsChange = {
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter
  readonly sheet?: string
}

const previewBytes = 64 * 1024
const previewRows = 5

/** Opens a table of any kind. Throws what the engine says of a workbook, or that the file cannot be read. */
export async function openTable(file: File): Promise<OpenedTable> {
  if ((await formatOf(file)) !== 'csv') return openSheet(file, undefined)
  const encoding = await guessEncoding(file)
  const delimiter = guessDelimiter(await beginningOf(file, encoding))
  return readText(file, { kind: 'text', encoding, delimiter, found: { encoding, delimiter } })
}

/** Reads the same file in another way. */
export async function reopenTable({ file, how }: OpenedTable, other: ReadSettingsChange): Promise<OpenedTable> {
  return how.kind === 'text' ? readText(file, { ...how, ...other }) : openSheet(file, other.sheet)
}

/** The head of the file says all, so that the operator sees at once what another choice makes of it. */
async function readText(file: File, how: Extract<ReadSettings, { readonly kind: 'text' }>): Promise<OpenedTable> {
  const text = await beginningOf(file, how.encoding)
  const rows = createRowReader(how.delimiter)
    .read(text, file.size <= previewBytes)
    .map((row) => row.cells)
    .filter(hasContent)
  const [header = [], ...sample] = rows.slice(0, previewRows + 1)
  return { file, how, header, sample, ...(await columnsOf(header)) }
}

async function beginningOf(file: File, encoding: Encoding): Promise<string> {
  // A half character at the cut is left out by the streaming decoder.
  const text = new TextDecoder(encoding).decode(await file.slice(0, previewBytes).arrayBuffer(), { stream: true })
  return text.replace(/\r\n?/g, '\n')
}

/** A workbook is read by the engine, which does so beside its main thread. */
async function openSheet(file: File, wanted: string | undefined): Promise<OpenedTable> {
  const table = await client.clients.readTable({ file, ...(wanted === undefined ? {} : { sheet: wanted }) })
  const { sheets, sheet, header, sample } = table
  return {
    file,
    how: { kind: 'workbook', sheets, sheet: sheet ?? '' },
    header,
    sample: sample.slice(0, previewRows),
    ...(await columnsOf(header)),
  }
}

async function columnsOf(header: readonly string[]): Promise<Pick<OpenedTable, 'columns' | 'isRecalled'>> {
  if (header.length > maxColumns) return { columns: guessColumns(header), isRecalled: false }
  const { columns } = await client.clients.columnsOfHeader({ header: [...header] })
  return { columns: columns ?? guessColumns(header), isRecalled: columns !== null }
}

/** A header with more is none that was imported. */
const maxColumns = 500
