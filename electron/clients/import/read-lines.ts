import type { RefusedLine } from '#shared/contract/clients.ts'
import type { CsvRow } from '#shared/domain/csv-rows.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import type { JobFiles } from '../../scheduler/workers.ts'
import { InvalidInputError } from '../../store/errors.ts'
import { type ColumnPlan, planColumns } from './column-plan.ts'
import { type ImportRow, readRow } from './read-row.ts'
import { type HowToRead, rowsOfTable, splitAtHeader } from './table-rows.ts'

/** The content of some rows, and how much of the file has been read so far. Blank rows are omitted. */
export interface ReadLines {
  readonly header: readonly string[]
  readonly rows: readonly ImportRow[]
  readonly refusals: readonly RefusedLine[]
  readonly bytesRead: number
}

export interface Table extends HowToRead {
  readonly csv: Blob
  /** The field of each column; guessed from the header by default. */
  readonly columns?: readonly ColumnMeaning[] | undefined
}

/** Yields the rows below the header, read by `columns`. Throws `InvalidInputError` if the table cannot be read. */
export async function* readLines(table: Table, jobs: JobFiles, signal: AbortSignal): AsyncGenerator<ReadLines, void> {
  let plan: ColumnPlan | undefined
  let header: readonly string[] = []
  for await (const piece of rowsOfTable(table.csv, table, jobs, signal)) {
    let { rows } = piece
    if (plan === undefined) {
      const split = splitAtHeader(rows)
      if (split === undefined) continue
      plan = planHeader(split.header, table.columns)
      header = split.header.cells
      rows = split.rows
    }
    yield { header, ...readAs(plan, rows), bytesRead: piece.bytesRead }
  }
  if (plan === undefined) throw new InvalidInputError([{ path: 'csv', code: 'file_empty' }])
}

function readAs(plan: ColumnPlan, lines: readonly CsvRow[]): Pick<ReadLines, 'rows' | 'refusals'> {
  const rows: ImportRow[] = []
  const refusals: RefusedLine[] = []
  for (const line of lines) {
    const reading = readRow(line, plan)
    if (reading.kind === 'row') rows.push(reading.row)
    else if (reading.kind === 'refused') refusals.push(reading.refusal)
  }
  return { rows, refusals }
}

function planHeader(header: CsvRow, columns: readonly ColumnMeaning[] | undefined): ColumnPlan {
  if (!header.broken) return planColumns(header.cells, columns)
  throw new InvalidInputError([{ path: 'csv', code: 'header_unreadable' }])
}
