import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BackupKind, backupName } from '#shared/domain/backup-name.ts'
import { type OwnedSession, openForReading, openSession } from './connection.ts'
import { migrations } from './migrations/list.ts'
import { troubleOf } from './trouble.ts'

/** Where the copies of a data directory's store stand. */
export function backupsFolder(dataDir: string): string {
  return join(dataDir, 'backups')
}

/** What a copy of a store holds. */
export interface StoreContents {
  readonly clients: number
  readonly deliveries: number
  readonly messages: number
  /** A newer program than this one has written it. */
  readonly isNewer: boolean
}

/** The file is no whole store; its code is the driver's own for that. */
export class DamagedFileError extends Error {
  readonly code = 'SQLITE_CORRUPT'
}

/**
 * Writes the store as it is at this moment into a file of its own, while others go on reading and writing: SQLite's `VACUUM INTO`, which
 * reads one snapshot. The file gets its name once it is whole, has been opened and found in order, and is on disk. Gives back its name.
 */
export async function copyStore(session: OwnedSession, dataDir: string, kind: BackupKind, at: number): Promise<string> {
  const folder = backupsFolder(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = backupName(kind, at)
  const half = join(folder, `${name}.part`)
  await rm(half, { force: true })
  try {
    await session.run('VACUUM INTO ?', [half])
    await checkStore(half)
    await moveWhole(half, join(folder, name))
  } catch (error) {
    // Half a copy must not pass for a backup, nor take room on a full disk.
    await rm(half, { force: true })
    throw error
  }
  return name
}

/** Copies the store of a data directory through a connection of its own, so that nobody waits for it; `signal` breaks it off, with nothing left behind. */
export async function backUpStore(
  dataDir: string,
  file: string,
  kind: BackupKind,
  at: number,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted()
  const session = await openSession(file)
  const breakOff = (): void => session.interrupt()
  signal.addEventListener('abort', breakOff)
  try {
    return await copyStore(session, dataDir, kind, at)
  } finally {
    signal.removeEventListener('abort', breakOff)
    await session.close()
  }
}

/** Reads a copy from its first page to its last. Throws `DamagedFileError` when it is not whole, or no store of Herald. */
export function examineStore(file: string): Promise<StoreContents> {
  return lookInto(file, async (session) => {
    const counted = await session.first<{ clients: number; deliveries: number; messages: number }>(
      'SELECT (SELECT COUNT(*) FROM clients) AS clients, (SELECT COUNT(*) FROM deliveries) AS deliveries, (SELECT COUNT(*) FROM messages) AS messages',
    )
    const applied = await session.all<{ name: string }>('SELECT name FROM migrations')
    const known = new Set(migrations.map(({ name }) => name))
    return {
      clients: counted?.clients ?? 0,
      deliveries: counted?.deliveries ?? 0,
      messages: counted?.messages ?? 0,
      isNewer: applied.some(({ name }) => !known.has(name)),
    }
  })
}

/** Whether the program that had this store open ended without closing it: its log was not taken in. */
export async function endedUnclean(file: string): Promise<boolean> {
  const log = `${file}-wal`
  return existsSync(log) && (await stat(log)).size > 0
}

/** Looks through a store for damage; the indexes are not compared with their tables, which would take many times as long. Throws `DamagedFileError`. */
export function checkStore(file: string): Promise<void> {
  return lookInto(file, async () => undefined)
}

/** Reads in a file that was found whole, through a connection that may not write: it would take in the log when it closes, and a damaged store stays as it was found. */
async function lookInto<Found>(file: string, read: (session: OwnedSession) => Promise<Found>): Promise<Found> {
  let session: OwnedSession | undefined
  try {
    session = await openForReading(file)
    const found = await session.first<{ quick_check: string }>('PRAGMA quick_check(1)')
    if (found?.quick_check !== 'ok')
      throw new DamagedFileError(`${file} is damaged: ${found?.quick_check ?? 'unreadable'}`)
    return await read(session)
  } catch (error) {
    throw asDamage(error, file)
  } finally {
    await session?.close()
  }
}

function asDamage(error: unknown, file: string): unknown {
  const isForeign = error instanceof Error && /no such table/.test(error.message)
  if (troubleOf(error) === 'damaged' || isForeign)
    return new DamagedFileError(`${file} is not a whole store of Herald`, { cause: error })
  return error
}

/** Gives a finished file its name: its bytes first, then the name, are on disk when this is over. */
export async function moveWhole(half: string, whole: string): Promise<void> {
  await sync(half, 'r+')
  await rename(half, whole)
  // Windows opens no folders, and keeps names in order by itself.
  if (process.platform !== 'win32') await sync(dirname(whole), 'r')
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
