import { hasContent } from '#shared/domain/csv-rows.ts'
import type { Sheets } from '../../scheduler/sheet-reading.ts'
import type { JobFiles } from '../../scheduler/workers.ts'
import { type HowToRead, rowsOfTable } from './table-rows.ts'

const sampleRows = 8

/** What the user sees of a table before it is imported. */
export interface TableBeginning {
  readonly sheets: string[]
  readonly sheet: string | null
  readonly header: string[]
  readonly sample: string[][]
}

/** Returns the titles and the first rows that are not blank, as the import reads them. Throws `InvalidInputError`. */
export async function beginningOfTable(
  file: Blob,
  how: HowToRead,
  jobs: JobFiles,
  signal?: AbortSignal,
): Promise<TableBeginning> {
  const lines: string[][] = []
  let known: Sheets | undefined
  for await (const { rows, workbook } of rowsOfTable(file, how, jobs, signal)) {
    known ??= workbook
    for (const { cells } of rows) if (hasContent(cells)) lines.push([...cells])
    if (lines.length > sampleRows) break
  }
  const [header = [], ...sample] = lines.slice(0, sampleRows + 1)
  return { sheets: [...(known?.sheets ?? [])], sheet: known?.sheet ?? null, header, sample }
}
