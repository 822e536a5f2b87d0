import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { zoneOffsets } from '#shared/domain/zone-offset.ts'
import { ConflictError } from '../store/errors.ts'
import { pageWriter, sheetEnd, sheetStart, workbookFiles } from './sheet-xml.ts'
import type { Table, Word } from './table.ts'
import type { Page } from './written-page.ts'
import { zip } from './zip-bytes.ts'

/** What a sheet holds, its header among the lines. */
const mostLines = 1_048_576
const mostColumns = 16_384

/** Refuses in words what a sheet cannot hold. Throws `ConflictError`. */
export function refuseBeyondSheet({ columns, total }: Pick<Table, 'columns' | 'total'>): void {
  if (total > mostLines - 1) throw tooLong(total)
  if (columns.length > mostColumns)
    throw new ConflictError(
      'format',
      `an XLSX sheet holds ${mostColumns} columns, and these are ${columns.length}: export them as CSV`,
    )
}

function tooLong(total: number): ConflictError {
  return new ConflictError(
    'format',
    `an XLSX sheet holds ${mostLines - 1} lines below its header, and these are ${total}: export them as CSV, or fewer of them`,
  )
}

/**
 * A table as XLSX with one sheet: its header frozen, text as text, instants as dates that show the clocks of `timeZone`, which
 * their titles name. Throws `ConflictError` when more comes than a sheet holds.
 */
export async function* xlsxPages(
  table: Table,
  word: Word,
  timeZone: string = machineTimeZone(),
): AsyncGenerator<Page, void> {
  const writePage = pageWriter(table.columns, zoneOffsets(timeZone))
  const titles = table.columns.map((column) => {
    const title = column.title ?? word('column', column.key)
    return column.kind === 'instant' ? `${title} (${timeZone})` : title
  })
  let written = 0
  let told = 0
  async function* sheet(): AsyncGenerator<Buffer, void> {
    yield Buffer.from(sheetStart(table.columns, titles))
    for await (const lines of table.pages()) {
      if (written + lines.length > mostLines - 1) throw tooLong(written + lines.length)
      // The header is the first line.
      yield Buffer.from(writePage(lines, written + 2))
      written += lines.length
    }
    yield Buffer.from(sheetEnd)
  }
  for await (const bytes of zip([...workbookFiles, { name: 'xl/worksheets/sheet1.xml', content: sheet() }])) {
    yield { bytes, lines: written - told }
    told = written
  }
}
