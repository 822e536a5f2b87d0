import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { StoreTrouble } from '#shared/domain/store-trouble.ts'
import type { AppError } from '#shared/errors/app-error.ts'
import { CodedError } from '#shared/errors/coded-error.ts'
import { troubleOf } from './trouble.ts'

/** A file of the store cannot be used. */
export class StoreOpenError extends CodedError {}

/** The error as `StoreOpenError` where the driver's code says what happened to the file, else the error unchanged. */
export function openFailure(error: unknown, file: string, damaged: AppError): unknown {
  const trouble = troubleOf(error)
  if (trouble === null) return error
  // Without room for what SQLite keeps beside a file, it only says that it cannot open it, or that the disk fails.
  const cause = (trouble === 'readonly' || trouble === 'failing') && hasNoRoom(file) ? 'full' : trouble
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

/** What SQLite wants beside a file before it says anything. */
const leastBytes = 64 * 1024

function hasNoRoom(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize < leastBytes
  } catch {
    // Where the disk itself cannot be asked, what the driver said stands.
    return false
  }
}
