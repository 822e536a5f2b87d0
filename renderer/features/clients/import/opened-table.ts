import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'
import { createRowReader, hasContent } from '#shared/domain/csv-rows.ts'
import { type ColumnMeaning, guessColumns } from '#shared/domain/import-columns.ts'
import { type Delimiter, type Encoding, formatOf, guessEncoding } from '#shared/domain/table-file.ts'
import { client } from '../../../api/client.ts'

/** How a file is read: as detected, or as the user chose. */
export type ReadSettings =
  | {
      readonly kind: 'text'
      readonly encoding: Encoding
      readonly delimiter: Delimiter
      /** What was detected, to mark it among the choices. */
      readonly found: { readonly encoding: Encoding; readonly delimiter: Delimiter }
    }
  | { readonly kind: 'workbook'; readonly sheet: string; readonly sheets: readonly string[] }

/** What is known of a file before it is imported. */
export interface OpenedTable {
  readonly file: File
  readonly how: ReadSettings
  readonly header: readonly string[]
  /** The first rows below the header. */
  readonly sample: readonly (readonly string[])[]
  /** The meaning of each column: as in the last import with the same header, else guessed. */
  readonly columns: readonly ColumnMeaning[]
  readonly isRecalled: boolean
}

/** A change of how to read the file. */
export type ReadSettingsChange = {
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter
  readonly sheet?: string
}

const previewBytes = 64 * 1024
const previewRows = 5

/**
 * Opens a table of any format. Throws the engine's error about a workbook, or the browser's if the file is unreadable.
 */
export async function openTable(file: File): Promise<OpenedTable> {
  if ((await formatOf(file)) !== 'csv') return openSheet(file, undefined)
  const encoding = await guessEncoding(file)
  const delimiter = guessDelimiter(await beginningOf(file, encoding))
  return readText(file, { kind: 'text', encoding, delimiter, found: { encoding, delimiter } })
}

/** Reads the same file with other settings. */
export async function reopenTable({ file, how }: OpenedTable, other: ReadSettingsChange): Promise<OpenedTable> {
  return how.kind === 'text' ? readText(file, { ...how, ...other }) : openSheet(file, other.sheet)
}

/** The beginning of the file is enough, so that the user sees the effect of a choice at once. */
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
  // The streaming decoder drops an incomplete character at the cut.
  const text = new TextDecoder(encoding).decode(await file.slice(0, previewBytes).arrayBuffer(), { stream: true })
  return text.replace(/\r\n?/g, '\n')
}

/** The engine reads workbooks, outside its main thread. */
async function openSheet(file: File, sheetName: string | undefined): Promise<OpenedTable> {
  const table = await client.clients.readTable({ file, ...(sheetName === undefined ? {} : { sheet: sheetName }) })
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

/** No import has a wider header, so that none can be recalled. */
const maxColumns = 500
