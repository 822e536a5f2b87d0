import { sheetLimitBytes } from '#shared/domain/table-file.ts'
import { type SheetReading, SheetReadingError, startSheetReading } from '../../scheduler/sheet-reading.ts'
import type { JobFiles } from '../../scheduler/workers.ts'
import { InvalidInputError } from '../../store/errors.ts'
import { readable } from './csv-text.ts'
import type { TablePiece } from './table-piece.ts'

/** Yields the rows of a sheet, by default the first, read in a separate thread. Throws `InvalidInputError`. */
export async function* rowsOfSheet(
  file: Blob,
  sheet: string | undefined,
  jobs: JobFiles,
  signal?: AbortSignal,
): AsyncGenerator<TablePiece, void> {
  const reading = await openSheet(file, sheet, jobs, signal)
  try {
    yield { rows: [], bytesRead: 0, workbook: await reading.sheets }
    for (;;) {
      signal?.throwIfAborted()
      const piece = await reading.next()
      if (piece === null) return
      const done = piece.firstRow + piece.rows.length - 1
      yield {
        rows: piece.rows.map((cells, place) => ({ line: piece.firstRow + place, cells, broken: false })),
        bytesRead: Math.round((file.size * done) / piece.rowsTotal),
      }
    }
  } catch (error) {
    throw asInputError(error)
  } finally {
    reading.stop()
  }
}

async function openSheet(
  file: Blob,
  sheet: string | undefined,
  jobs: JobFiles,
  signal: AbortSignal | undefined,
): Promise<SheetReading> {
  if (file.size > sheetLimitBytes) {
    const params = { maxMb: sheetLimitBytes / 1024 / 1024 }
    throw new InvalidInputError([{ path: 'csv', code: 'workbook_too_large', params }])
  }
  return startSheetReading(jobs, await readable(() => file.arrayBuffer(), signal), sheet)
}

function asInputError(error: unknown): unknown {
  if (!(error instanceof SheetReadingError)) return error
  return new InvalidInputError([{ path: 'csv', ...error.error }])
}
