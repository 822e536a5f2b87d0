import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'
import { type CsvRow, createRowReader, hasContent, type RowReader } from '#shared/domain/csv-rows.ts'
import { type Delimiter, type Encoding, formatOf } from '#shared/domain/table-file.ts'
import type { JobFiles } from '../../scheduler/workers.ts'
import { InvalidInputError } from '../../store/errors.ts'
import { encodingOf, readable, textOf } from './csv-text.ts'
import { rowsOfSheet } from './sheet-rows.ts'
import type { TablePiece } from './table-piece.ts'

/** How a file is to be read; what is left out is guessed. */
export interface HowToRead {
  readonly sheet?: string | undefined
  readonly encoding?: Encoding | undefined
  readonly delimiter?: Delimiter | undefined
}

/** The lines of a file, whatever kind of table it is. Throws `InvalidInputError` when it is none. */
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

/** The first line that holds anything, with those that follow it in its piece; undefined as long as there is none. */
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
