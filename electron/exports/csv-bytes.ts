import Papa from 'papaparse'
import { toInstant } from '../base/clock.ts'
import type { Cell, Column, Table, Word } from './table.ts'
import type { Page } from './written-page.ts'

/**
 * What a spreadsheet would run as a formula gets an apostrophe before it. A plain number with its sign runs nothing and
 * stays as it is; phones are digits alone.
 */
const dangerous = /^(?:[=@\t\r]|[+-](?!\d+(?:[.,]\d+)?$))/

/** A table as CSV: UTF-8 with the mark by which spreadsheets know it, ISO 8601 in UTC. */
export async function* csvPages(table: Table, separator: ',' | ';', word: Word): AsyncGenerator<Page, void> {
  const write = (lines: readonly (readonly Cell[])[]) =>
    `${Papa.unparse([...lines] as Cell[][], { delimiter: separator, newline: '\r\n', escapeFormulae: dangerous })}\r\n`
  const header = table.columns.map((column) => column.title ?? word('column', column.key))
  yield { bytes: Buffer.from(`\uFEFF${write([header])}`), lines: 0 }
  for await (const lines of table.pages()) {
    if (lines.length === 0) continue
    const text = write(lines.map((line) => line.map((cell, index) => cellText(cell, table.columns[index]))))
    yield { bytes: Buffer.from(text), lines: lines.length }
  }
}

function cellText(cell: Cell, column: Column | undefined): Cell {
  return column?.kind === 'instant' && typeof cell === 'number' ? toInstant(cell) : cell
}
