import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'
import { type CsvRow, createRowReader, hasContent, type RowReader } from '#shared/domain/csv-rows.ts'
import { type Delimiter, type Encoding, formatOf } from '#shared/domain/table-file.ts'
import type { JobFiles } from '../../scheduler/workers.ts'
import { InvalidInputError } from '../../store/errors.ts'
import { encodingOf, readable, textOf } from './csv-text.ts'
import { rowsOfSheet } from './sheet-rows.ts'
import type { TablePiece } from './table-piece.ts'

/** How to read a file; omitted options are detected. */
export interface HowToRead {
  readonly sheet?: string | undefined
  readonly encoding?: Encoding | undefined
  readonly delimiter?: Delimiter | undefined
}

/** Yields the rows of a table file of any kind. Throws `InvalidInputError` if it is not a table. */
export async function* rowsOfTable(
  file: Blob,
  how: HowToRead,
  jobs: JobFiles,
  signal?: AbortSignal,
): AsyncGenerator<TablePiece, void> {
  const format = await readable(() => formatOf(file), signal)
  if (format === 'csv') yield* rowsOfCsv(file, how, signal)
  else if (format === 'xlsx') yield* rowsOfSheet(file, how.sheet, jobs, signal)
  else throw new InvalidInputError([{ path: 'csv', code: 'workbook_old' }])
}

/** Returns the first row that is not blank and the rest of its piece; undefined if all are blank. */
export function splitAtHeader(
  rows: readonly CsvRow[],
): { readonly header: CsvRow; readonly rows: readonly CsvRow[] } | undefined {
  const start = rows.findIndex(({ cells }) => hasContent(cells))
  const header = rows[start]
  return header && { header, rows: rows.slice(start + 1) }
}

async function* rowsOfCsv(file: Blob, how: HowToRead, signal?: AbortSignal): AsyncGenerator<TablePiece, void> {
  let reader: RowReader | undefined
  const encoding = how.encoding ?? (await encodingOf(file, signal))
  for await (const { text, bytesRead, isLast } of textOf(file, encoding, signal)) {
    reader ??= createRowReader(how.delimiter ?? guessDelimiter(text))
    yield { rows: reader.read(text, isLast), bytesRead }
  }
}
