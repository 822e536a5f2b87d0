import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'
import { createRowReader, type RowReader } from './csv-rows.ts'
import { encodingOf, textOf } from './csv-text.ts'

/** The titles of a CSV file's columns, read as the import will read them; none when the file holds nothing. */
export async function readHeader(csv: Blob): Promise<readonly string[]> {
  let reader: RowReader | undefined
  for await (const { text, isLast } of textOf(csv, await encodingOf(csv))) {
    reader ??= createRowReader(guessDelimiter(text))
    const header = reader.read(text, isLast).find((row) => row.cells.some((cell) => cell.trim() !== ''))
    if (header !== undefined) return header.cells
  }
  return []
}
