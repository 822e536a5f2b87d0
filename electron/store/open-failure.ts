import { BaseError } from 'sequelize'

/** A file of the store cannot be used as it is. The message is in words, with the remedy. */
export class StoreOpenError extends Error {}

/** What went wrong with a file as `StoreOpenError`, where the driver's code tells enough; else the error as it is. */
export function openFailure(error: unknown, file: string, remedies: { readonly damaged: string }): unknown {
  const words = wordsFor(codeOf(error), file, remedies.damaged)
  return words === null ? error : new StoreOpenError(words, { cause: error })
}

function wordsFor(code: unknown, file: string, damaged: string): string | null {
  switch (code) {
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `${file} is damaged: ${damaged}`
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
      return `${file} cannot be opened for writing: get leave to write it, or choose another data directory`
    case 'SQLITE_FULL':
      return `there is no room on the disk for ${file}: make some, or choose another data directory`
    default:
      return null
  }
}

/** Sequelize wraps what the driver says. */
function codeOf(error: unknown): unknown {
  const inner = error instanceof BaseError && 'original' in error ? error.original : error
  return inner instanceof Error && 'code' in inner ? inner.code : null
}
