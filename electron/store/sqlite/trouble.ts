import { BaseError } from 'sequelize'
import type { StoreTrouble } from '#shared/domain/store-trouble.ts'

/** The codes of SQLite and of the system for a disk or a file that fails. */
const troubles: Readonly<Record<string, StoreTrouble>> = {
  SQLITE_FULL: 'full',
  ENOSPC: 'full',
  EDQUOT: 'full',
  SQLITE_READONLY: 'readonly',
  SQLITE_PERM: 'readonly',
  SQLITE_CANTOPEN: 'readonly',
  EROFS: 'readonly',
  SQLITE_IOERR: 'failing',
  EIO: 'failing',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
}

/** Returns how the disk or the file caused an error; null when the error has another cause. */
export function troubleOf(error: unknown): StoreTrouble | null {
  const code = codeOf(error)
  return code !== null && Object.hasOwn(troubles, code) ? (troubles[code] ?? null) : null
}

/** Sequelize wraps the driver's errors. */
function codeOf(error: unknown): string | null {
  const inner = error instanceof BaseError && 'original' in error ? error.original : error
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : null
}
