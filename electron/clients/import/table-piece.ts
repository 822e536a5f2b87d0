import type { CsvRow } from '#shared/domain/csv-rows.ts'
import type { Sheets } from '../../scheduler/sheet-reading.ts'

/** Some lines of a table, and how much of its file has been read with them. */
export interface TablePiece {
  readonly rows: readonly CsvRow[]
  readonly bytesRead: number
  /** What comes first of a workbook. */
  readonly workbook?: Sheets
}
