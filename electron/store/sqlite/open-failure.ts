import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { StoreTrouble } from '#shared/domain/store-trouble.ts'
import { troubleOf } from './trouble.ts'

/** A file of the store cannot be used as it is. The message is in words, with the remedy. */
export class StoreOpenError extends Error {}

/** What went wrong with a file as `StoreOpenError`, where the driver's code tells enough; else the error as it is. */
export function openFailure(error: unknown, file: string, remedies: { readonly damaged: string }): unknown {
  const trouble = troubleOf(error)
  if (trouble === null) return error
  // Without room for what SQLite keeps beside a file, it only says that it cannot open it, or that the disk fails.
  const cause = (trouble === 'readonly' || trouble === 'failing') && hasNoRoom(file) ? 'full' : trouble
  return new StoreOpenError(wordsFor(cause, file, remedies.damaged), { cause: error })
}

function wordsFor(trouble: StoreTrouble, file: string, damaged: string): string {
  switch (trouble) {
    case 'damaged':
      return `${file} is damaged: ${damaged}`
    case 'readonly':
      return `${file} cannot be opened for writing: get leave to write it, or choose another data directory`
    case 'full':
      return `there is no room on the disk for ${file}: make some, or choose another data directory`
    case 'failing':
      return `the disk reads or writes ${file} with errors: see to it, and to a backup, or choose another data directory`
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
