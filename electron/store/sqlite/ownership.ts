import { join } from 'node:path'
import { DirectoryHeldError } from '../open-errors.ts'
import { type OwnedSession, openSession, PlainDatabase } from './connection.ts'
import { openFailure } from './open-failure.ts'

/**
 * Reserves a data directory for this process until the returned function is called: an exclusive transaction on a side
 * file, whose lock the system releases whenever the process ends. Throws `DirectoryHeldError` and `StoreOpenError`.
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
