import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { AppError } from '#shared/errors/app-error.ts'
import { CodedError } from '#shared/errors/coded-error.ts'
import type { JobFiles } from './workers.ts'

/** The workbook cannot be read. */
export class SheetReadingError extends CodedError {}

/** Some rows of a sheet as text; row numbers begin at 1. */
export interface SheetRows {
  readonly firstRow: number
  readonly rows: string[][]
  readonly rowsTotal: number
}

/** Which sheets there are, and which of them is read. */
export interface Sheets {
  readonly sheets: readonly string[]
  readonly sheet: string
}

/** What the thread reports. */
export type SheetReport =
  | ({ readonly kind: 'sheets' } & Sheets)
  | ({ readonly kind: 'rows' } & SheetRows)
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: AppError }

/** The commands to the thread: send the next rows, or end. */
export type SheetCommand = 'next' | 'stop'

export interface SheetReading {
  readonly sheets: Promise<Sheets>
  /** Returns the next rows; null after the last. Throws `SheetReadingError`. */
  next(): Promise<SheetRows | null>
  /** Ends the thread, which also ends after the last row. */
  stop(): void
}

/** A sheet grows to many times its size while it is read. A thread that needs more than this fails alone. */
const heapLimitMb = 2048

/** Reads a sheet of a workbook, by default the first, in a separate thread. `workbook` is transferred and unusable afterwards. */
export function startSheetReading(jobs: JobFiles, workbook: ArrayBuffer, sheet: string | undefined): SheetReading {
  const worker = new Worker(join(jobs.root, `read-sheet.${jobs.extension}`), {
    workerData: { workbook, sheet },
    transferList: [workbook],
    resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
  })
  const known = Promise.withResolvers<Sheets>()
  // A caller of `next` receives the failure as well.
  known.promise.catch(() => undefined)
  let failure: Error | null = null
  let waiting: PromiseWithResolvers<SheetRows | null> | null = null

  const fail = (error: Error): void => {
    failure ??= error
    known.reject(failure)
    waiting?.reject(failure)
    waiting = null
  }
  const deliver = (rows: SheetRows | null): void => {
    waiting?.resolve(rows)
    waiting = null
  }
  worker.on('message', (report: SheetReport) => {
    if (report.kind === 'sheets') known.resolve(report)
    else if (report.kind === 'rows') deliver(report)
    else if (report.kind === 'end') deliver(null)
    else fail(new SheetReadingError(report.error))
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const isTooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    fail(isTooLarge ? new SheetReadingError({ code: 'sheet_too_large' }) : error)
  })
  worker.on('exit', () => fail(new Error('the thread that reads the sheet has ended')))

  const send = (command: SheetCommand): void => worker.postMessage(command)
  return {
    sheets: known.promise,
    next() {
      if (failure !== null) return Promise.reject(failure)
      waiting = Promise.withResolvers()
      send('next')
      return waiting.promise
    },
    stop() {
      send('stop')
      worker.unref()
    },
  }
}
