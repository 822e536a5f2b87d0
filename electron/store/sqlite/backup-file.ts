import { existsSync } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type BackupKind, backupName } from '#shared/domain/backup-name.ts'
import { moveWhole } from '../../base/move-whole.ts'
import { DamagedStoreError } from '../open-errors.ts'
import type { StoreContents } from '../ports/store-host.ts'
import { type OwnedSession, openForReading, openSession } from './connection.ts'
import { migrations } from './migrations/list.ts'
import { troubleOf } from './trouble.ts'

/** Returns the folder of a data directory's backups. */
export function backupsFolder(dataDir: string): string {
  return join(dataDir, 'backups')
}

/**
 * Copies the store as it is now, while others read and write: SQLite's `VACUUM INTO` reads one snapshot. The file gets its
 * name once it is complete, checked and on disk. Returns the name.
 */
export async function copyStore(session: OwnedSession, dataDir: string, kind: BackupKind, at: number): Promise<string> {
  const folder = backupsFolder(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = backupName(kind, at)
  const part = join(folder, `${name}.part`)
  await rm(part, { force: true })
  try {
    await session.run('VACUUM INTO ?', [part])
    await checkStore(part)
    await moveWhole(part, join(folder, name))
  } catch (error) {
    // An incomplete copy must not look like a backup, nor fill the disk.
    await rm(part, { force: true })
    throw error
  }
  return name
}

/** Copies the store over a separate connection, so that nothing waits for it. `signal` stops it and leaves no file. */
export async function backUpStore(
  dataDir: string,
  file: string,
  kind: BackupKind,
  at: number,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted()
  const session = await openSession(file)
  const interrupt = (): void => session.interrupt()
  signal.addEventListener('abort', interrupt)
  try {
    return await copyStore(session, dataDir, kind, at)
  } finally {
    signal.removeEventListener('abort', interrupt)
    await session.close()
  }
}

/** Reads a whole copy and returns what it holds. Throws `DamagedStoreError`. */
export function examineStore(file: string): Promise<StoreContents> {
  return openChecked(file, async (session) => {
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

/** Returns whether the program that had this store open ended without closing it: its write-ahead log remains. */
export async function endedUnclean(file: string): Promise<boolean> {
  const log = `${file}-wal`
  return existsSync(log) && (await stat(log)).size > 0
}

/** Checks a store for damage, without comparing indexes to tables, which would take much longer. Throws `DamagedStoreError`. */
export function checkStore(file: string): Promise<void> {
  return openChecked(file, async () => undefined)
}

/** Checks a file, then reads in it. The connection is read-only, so that a damaged store and its log stay as they are. */
async function openChecked<Found>(file: string, read: (session: OwnedSession) => Promise<Found>): Promise<Found> {
  let session: OwnedSession | undefined
  try {
    session = await openForReading(file)
    const found = await session.first<{ quick_check: string }>('PRAGMA quick_check(1)')
    if (found?.quick_check !== 'ok')
      throw new DamagedStoreError(`${file} is damaged: ${found?.quick_check ?? 'unreadable'}`)
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
    return new DamagedStoreError(`${file} is not a whole store of Herald`, { cause: error })
  return error
}
