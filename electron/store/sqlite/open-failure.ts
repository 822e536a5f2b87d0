import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { StoreTrouble } from '#shared/domain/store-trouble.ts'
import type { AppError } from '#shared/errors/app-error.ts'
import { StoreOpenError } from '../open-errors.ts'
import { troubleOf } from './trouble.ts'

/** The error as `StoreOpenError` where the driver's code says what happened to the file, else the error unchanged. */
export function openFailure(error: unknown, file: string, damaged: AppError): unknown {
  const trouble = troubleOf(error)
  if (trouble === null) return error
  // Without space for its side files SQLite reports only that it cannot open the file, or that the disk fails.
  const cause = (trouble === 'readonly' || trouble === 'failing') && isDiskFull(file) ? 'full' : trouble
  return new StoreOpenError(fileError(cause, file, damaged), { cause: error })
}

function fileError(trouble: StoreTrouble, file: string, damaged: AppError): AppError {
  switch (trouble) {
    case 'damaged':
      return damaged
    case 'readonly':
      return { code: 'file_readonly', params: { file } }
    case 'full':
      return { code: 'file_without_room', params: { file } }
    case 'failing':
      return { code: 'file_failing', params: { file } }
    default:
      return assertNever(trouble)
  }
}

/** The space that SQLite needs for its side files. */
const minBytes = 64 * 1024

function isDiskFull(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize < minBytes
  } catch {
    // The disk does not say: the driver's own reason is used.
    return false
  }
}
