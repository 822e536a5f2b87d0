import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { AppError } from '#shared/errors/app-error.ts'
import { CodedError } from '#shared/errors/coded-error.ts'
import type { JobFiles } from './workers.ts'

/** The workbook cannot be read. */
export class SheetReadingError extends CodedError {}

/** Some rows of a sheet as text; row numbers begin at 1. */
export interface SheetPiece {
  readonly firstRow: number
  readonly rows: string[][]
  readonly rowsTotal: number
}

/** Which sheets there are, and which of them is read. */
export interface Sheets {
  readonly sheets: readonly string[]
  readonly sheet: string
}

/** What the thread tells. */
export type SheetReport =
  | ({ readonly kind: 'sheets' } & Sheets)
  | ({ readonly kind: 'rows' } & SheetPiece)
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: AppError }

/** What the thread is told: to give the next rows, or to end. */
export type SheetCommand = 'next' | 'stop'

export interface SheetReading {
  readonly sheets: Promise<Sheets>
  /** The next rows; null after the last. Throws `SheetReadingError`. */
  next(): Promise<SheetPiece | null>
  /** Nothing more is wanted: the thread comes to its end, which it does by itself after the last row too. */
  stop(): void
}

/** A sheet grows to many times its size while it is read: a thread that needs more than this ends, and the program does not. */
const heapLimitMb = 2048

/** Reads a sheet of a workbook, the first one unless named, in a thread of its own. `workbook` is gone afterwards. */
export function startSheetReading(jobs: JobFiles, workbook: ArrayBuffer, sheet: string | undefined): SheetReading {
  const worker = new Worker(join(jobs.root, `read-sheet.${jobs.extension}`), {
    workerData: { workbook, sheet },
    transferList: [workbook],
    resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
  })
  const known = Promise.withResolvers<Sheets>()
  // Whoever asks for rows hears of the failure as well.
  known.promise.catch(() => undefined)
  let failure: Error | null = null
  let waiting: PromiseWithResolvers<SheetPiece | null> | null = null

  const fail = (error: Error): void => {
    failure ??= error
    known.reject(failure)
    waiting?.reject(failure)
    waiting = null
  }
  const give = (piece: SheetPiece | null): void => {
    waiting?.resolve(piece)
    waiting = null
  }
  worker.on('message', (report: SheetReport) => {
    if (report.kind === 'sheets') known.resolve(report)
    else if (report.kind === 'rows') give(report)
    else if (report.kind === 'end') give(null)
    else fail(new SheetReadingError(report.error))
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const isTooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    fail(isTooLarge ? new SheetReadingError({ code: 'sheet_too_large' }) : error)
  })
  worker.on('exit', () => fail(new Error('the thread that reads the sheet has ended')))

  const tell = (command: SheetCommand): void => worker.postMessage(command)
  return {
    sheets: known.promise,
    next() {
      if (failure !== null) return Promise.reject(failure)
      waiting = Promise.withResolvers()
      tell('next')
      return waiting.promise
    },
    stop() {
      tell('stop')
      worker.unref()
    },
  }
}
