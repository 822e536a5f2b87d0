import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { backupNamePattern, fileStamp } from '#shared/domain/backup-name.ts'
import { backupsFolder, moveWhole } from '../store/sqlite/backup-file.ts'
import { StoreOpenError } from '../store/sqlite/open-failure.ts'
import { storeFile } from '../store/store.ts'

/** A store that gave way to another stands in here, in a folder of its own. */
const asideFolder = 'put-aside'
/** Says, over a restart or a kill, what is to take the store's place. */
const wishFile = 'restore.json'
const halfFile = 'herald.db.part'

/** `name` is a backup's, or null for an empty store; `aside` the folder that the store before goes into, whole, however often it takes. */
const wishSchema = z.object({
  name: z.string().regex(backupNamePattern).nullable(),
  aside: z.string().regex(/^[\dTZ-]+$/),
})
type Wish = z.output<typeof wishSchema>

/** What took the store's place. */
export interface Restored {
  /** Null: an empty store. */
  readonly name: string | null
}

/** Asks for a backup, or with null for an empty store, to take the store's place when the directory is opened next. */
export async function wishRestore(dataDir: string, name: string | null, now: number): Promise<void> {
  const wish: Wish = { name, aside: fileStamp(now) }
  const half = join(dataDir, `${wishFile}.part`)
  await writeFile(half, JSON.stringify(wish), { mode: 0o600 })
  await moveWhole(half, join(dataDir, wishFile))
}

/**
 * Puts what was asked for in the store's place, and the present store aside. Whatever instant it is killed at, the next call does it
 * over again. Gives back null when nothing was asked for; `forgetWish` ends it. Throws `StoreOpenError` when the backup is gone: then
 * the store is as it was, and the wish forgotten.
 */
export async function carryOutRestore(dataDir: string): Promise<Restored | null> {
  const wish = await readWish(dataDir)
  if (wish === null) return null
  if (wish.name === null) {
    await putAside(dataDir, wish)
    return { name: null }
  }
  const backup = join(backupsFolder(dataDir), wish.name)
  if (!existsSync(backup) && existsSync(storeFile(dataDir))) {
    await forgetWish(dataDir)
    throw new StoreOpenError({ code: 'restore_backup_gone', params: { name: wish.name } })
  }
  const half = join(dataDir, halfFile)
  try {
    await copyFile(backup, half)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
  await putAside(dataDir, wish)
  await moveWhole(half, storeFile(dataDir))
  return { name: wish.name }
}

export async function forgetWish(dataDir: string): Promise<void> {
  await rm(join(dataDir, wishFile), { force: true })
}

/** Takes away what a kill left half-written. To be called by whoever holds the directory, and carries out no restore. */
export async function clearHalves(dataDir: string): Promise<void> {
  const folder = backupsFolder(dataDir)
  const halves = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.part'))
  for (const name of halves) await rm(join(folder, name), { force: true })
  await rm(join(dataDir, halfFile), { force: true })
}

/**
 * Moves the store with what SQLite keeps beside it into its folder; it is never deleted. Where a part stands there already, this was
 * broken off before: what has its place now is a copy of the backup, with which nothing has been done yet, and goes.
 */
async function putAside(dataDir: string, { aside }: Wish): Promise<void> {
  const file = storeFile(dataDir)
  const folder = join(dataDir, asideFolder, aside)
  const isCopy = existsSync(join(folder, 'herald.db')) && existsSync(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const part of ['', '-wal', '-shm']) {
    if (!existsSync(file + part)) continue
    if (isCopy) await rm(file + part)
    else await rename(file + part, join(folder, `herald.db${part}`))
  }
}

async function readWish(dataDir: string): Promise<Wish | null> {
  const text = await readFile(join(dataDir, wishFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const wish = wishSchema.safeParse(JSON.parse(text))
  if (!wish.success) throw new StoreOpenError({ code: 'restore_request_unreadable', params: { file: wishFile } })
  return wish.data
}
