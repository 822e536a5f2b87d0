import { join } from 'node:path'
import { CodedError } from '#shared/errors/coded-error.ts'
import { type OwnedSession, openSession, PlainDatabase } from './connection.ts'
import { openFailure } from './open-failure.ts'

/** Another process has this data directory open. */
class DirectoryHeldError extends CodedError {}

/**
 * Takes a data directory for this process alone, for as long as it lives: an exclusive transaction on a side file, which
 * the system itself lets go of when the process dies, however it dies. Returns what gives it back. Throws
 * `DirectoryHeldError` and `StoreOpenError`.
 */
export async function takeOwnership(dataDir: string): Promise<() => Promise<void>> {
  const file = join(dataDir, 'owner.db')
  let session: OwnedSession | undefined
  try {
    session = await openSession(file, PlainDatabase)
    await session.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;')
  } catch (error) {
    await session?.close()
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
      throw new DirectoryHeldError({ code: 'directory_in_use', params: { path: dataDir } })
    }
    throw openFailure(error, file, { code: 'owner_file_damaged', params: { file } })
  }
  return session.close
}
