import type { CsvRow } from '#shared/domain/csv-rows.ts'
import type { Sheets } from '../../scheduler/sheet-reading.ts'

/** Some rows of a table, and how much of its file has been read so far. */
export interface TablePiece {
  readonly rows: readonly CsvRow[]
  readonly bytesRead: number
  /** Set in the first piece of a workbook. */
  readonly workbook?: Sheets
}
