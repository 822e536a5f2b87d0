import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseBackupName } from '#shared/domain/backup-name.ts'
import { backupsFolder, moveWhole } from '../store/backup-file.ts'
import { storeFile } from '../store/store.ts'

/** A store that gave way to another stands in here, in a folder of its own. */
const asideFolder = 'put-aside'
/** Says, over a restart or a kill, which backup is to take the store's place. */
const wishFile = 'restore.json'

/** Asks for a backup to take the store's place when the directory is opened next. */
export async function wishRestore(dataDir: string, name: string): Promise<void> {
  const half = join(dataDir, `${wishFile}.part`)
  await writeFile(half, JSON.stringify({ name }), { mode: 0o600 })
  await moveWhole(half, join(dataDir, wishFile))
}

/**
 * Puts the backup that was asked for in the store's place, and the present store aside. Whatever instant it is killed at, the next call
 * does it over again. Gives back its name, or null when none was asked for; `forgetWish` ends it.
 */
export async function carryOutRestore(dataDir: string, now: number): Promise<string | null> {
  const name = await readWish(dataDir)
  if (name === null) return null
  const half = join(dataDir, 'herald.db.part')
  await rm(half, { force: true })
  await copyFile(join(backupsFolder(dataDir), name), half)
  await putAside(dataDir, now)
  await moveWhole(half, storeFile(dataDir))
  return name
}

export async function forgetWish(dataDir: string): Promise<void> {
  await rm(join(dataDir, wishFile), { force: true })
}

/** Moves the store with what SQLite keeps beside it into a folder of its own; null when there is none. Nothing is ever deleted. */
export async function putAside(dataDir: string, now: number): Promise<string | null> {
  const file = storeFile(dataDir)
  const parts = ['', '-wal', '-shm'].filter((part) => existsSync(file + part))
  if (parts.length === 0) return null
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-')
  const folder = join(dataDir, asideFolder, stamp)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // The log first: a store without its log is an older one, a log without its store is nothing.
  for (const part of parts.reverse()) await rename(file + part, join(folder, `herald.db${part}`))
  return folder
}

async function readWish(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, wishFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const wish: unknown = JSON.parse(text)
  const name = typeof wish === 'object' && wish !== null && 'name' in wish ? String(wish.name) : ''
  if (parseBackupName(name) === null) throw new Error(`${wishFile} does not name a backup`)
  return name
}
