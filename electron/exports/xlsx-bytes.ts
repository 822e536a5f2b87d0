import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { zoneOffsets } from '#shared/domain/zone-offset.ts'
import { ConflictError } from '../store/errors.ts'
import { pageWriter, sheetEnd, sheetStart, workbookFiles } from './sheet-xml.ts'
import type { ExportTable, FileChunk, Translate } from './table.ts'
import { zip } from './zip-bytes.ts'

/** The limits of a sheet. The header is one of its rows. */
const maxRows = 1_048_576
const maxColumns = 16_384

/** Throws `ConflictError` if the table has too many rows or columns for a sheet. */
export function assertFitsSheet({ columns, total }: Pick<ExportTable, 'columns' | 'total'>): void {
  if (total > maxRows - 1) throw tooLong(total)
  if (columns.length > maxColumns)
    throw new ConflictError({
      code: 'xlsx_too_many_columns',
      params: { max: maxColumns, columns: columns.length },
      field: 'format',
    })
}

function tooLong(total: number): ConflictError {
  return new ConflictError({ code: 'xlsx_too_many_rows', params: { max: maxRows - 1, rows: total }, field: 'format' })
}

/**
 * Writes a table as XLSX with one sheet and a frozen header. Instants are dates in `timeZone`, which their titles name.
 * Throws `ConflictError` if the table has more rows than a sheet can hold.
 */
export async function* xlsxChunks(
  table: ExportTable,
  translate: Translate,
  timeZone: string = machineTimeZone(),
): AsyncGenerator<FileChunk, void> {
  const writePage = pageWriter(table.columns, zoneOffsets(timeZone))
  const titles = table.columns.map((column) => {
    const title = column.title ?? translate('column', column.key)
    return column.kind === 'instant' ? `${title} (${timeZone})` : title
  })
  let written = 0
  let reported = 0
  async function* sheet(): AsyncGenerator<Buffer, void> {
    yield Buffer.from(sheetStart(table.columns, titles))
    for await (const lines of table.pages()) {
      if (written + lines.length > maxRows - 1) throw tooLong(written + lines.length)
      // The header is row 1.
      yield Buffer.from(writePage(lines, written + 2))
      written += lines.length
    }
    yield Buffer.from(sheetEnd)
  }
  for await (const bytes of zip([...workbookFiles, { name: 'xl/worksheets/sheet1.xml', content: sheet() }])) {
    yield { bytes, lines: written - reported }
    reported = written
  }
}
