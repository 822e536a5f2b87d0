import Papa from 'papaparse'
import { toInstant } from '../base/clock.ts'
import type { Cell, ExportColumn, ExportTable, FileChunk, Translate } from './table.ts'

/**
 * Cells that a spreadsheet would run as formulas. They get a leading apostrophe. A signed number is not a formula, and phones have
 * only digits.
 */
const formulaLike = /^(?:[=@\t\r]|[+-](?!\d+(?:[.,]\d+)?$))/

/** Writes a table as CSV: UTF-8 with a byte order mark, instants as ISO 8601 in UTC. */
export async function* csvChunks(
  table: ExportTable,
  separator: ',' | ';',
  translate: Translate,
): AsyncGenerator<FileChunk, void> {
  const write = (lines: readonly (readonly Cell[])[]) =>
    `${Papa.unparse([...lines] as Cell[][], { delimiter: separator, newline: '\r\n', escapeFormulae: formulaLike })}\r\n`
  const header = table.columns.map((column) => column.title ?? translate('column', column.key))
  yield { bytes: Buffer.from(`\uFEFF${write([header])}`), lines: 0 }
  for await (const lines of table.pages()) {
    if (lines.length === 0) continue
    const text = write(lines.map((line) => line.map((cell, index) => cellText(cell, table.columns[index]))))
    yield { bytes: Buffer.from(text), lines: lines.length }
  }
}

function cellText(cell: Cell, column: ExportColumn | undefined): Cell {
  return column?.kind === 'instant' && typeof cell === 'number' ? toInstant(cell) : cell
}
