import { join } from 'node:path'
import { openSession, PlainDatabase } from './connection.ts'

/** Another process has this data directory open. */
export class DirectoryHeldError extends Error {}

/**
 * Takes a data directory for this process alone, for as long as it lives: an exclusive transaction on a side file, which
 * the system itself lets go of when the process dies, however it dies. Returns what gives it back.
 */
export async function takeOwnership(dataDir: string): Promise<() => Promise<void>> {
  const session = await openSession(join(dataDir, 'owner.db'), PlainDatabase)
  try {
    await session.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;')
  } catch (error) {
    await session.close()
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
      throw new DirectoryHeldError(
        `another Herald has ${dataDir} open: close it first, or choose another data directory`,
      )
    }
    throw error
  }
  return () => session.close()
}
