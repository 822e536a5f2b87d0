import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { backupNamePattern, fileStamp } from '#shared/domain/backup-name.ts'
import { moveWhole } from '../base/move-whole.ts'
import { StoreOpenError } from '../store/open-errors.ts'
import { storeHostOf } from '../store/store.ts'

/** Every replaced store is kept in here, in its own folder. */
const replacedFolder = 'replaced-stores'
/** The name of that folder in earlier versions. */
const formerFolder = 'put-aside'
/** Records across a restart or a crash what is to take the store's place. */
const pendingFile = 'restore.json'

/** `name` is a backup's, or null for an empty store; `aside` is the subfolder for the present store. */
const pendingSchema = z.object({
  name: z.string().regex(backupNamePattern).nullable(),
  aside: z.string().regex(/^[\dTZ-]+$/),
})
type PendingRestore = z.output<typeof pendingSchema>

/** What took the store's place. */
export interface Restored {
  /** Null for an empty store. */
  readonly name: string | null
}

/** Requests that a backup, or with null an empty store, takes the store's place when the directory is opened next. */
export async function requestRestore(dataDir: string, name: string | null, now: number): Promise<void> {
  const pending: PendingRestore = { name, aside: fileStamp(now) }
  const part = join(dataDir, `${pendingFile}.part`)
  await writeFile(part, JSON.stringify(pending), { mode: 0o600 })
  await moveWhole(part, join(dataDir, pendingFile))
}

/**
 * Carries out the pending restore, if any: moves the present store away and puts the requested one in its place. It may be
 * interrupted at any instant; the next call then does it again. `clearPendingRestore` ends it. Returns null when none is
 * pending. Throws `StoreOpenError` when the backup is missing; then nothing is pending, and the store is unchanged.
 */
export async function carryOutRestore(dataDir: string): Promise<Restored | null> {
  await renameFormerFolder(dataDir)
  const pending = await readPending(dataDir)
  if (pending === null) return null
  const { name, aside } = pending
  const host = storeHostOf(dataDir)
  if (name !== null && !existsSync(join(host.backupsFolder, name)) && existsSync(host.file)) {
    await clearPendingRestore(dataDir)
    throw new StoreOpenError({ code: 'restore_backup_gone', params: { name } })
  }
  await host.replaceBy(name, join(dataDir, replacedFolder, aside))
  return { name }
}

/** Ends a restore that was carried out. */
export async function clearPendingRestore(dataDir: string): Promise<void> {
  await rm(join(dataDir, pendingFile), { force: true })
}

/** Earlier versions called the folder differently; a restore that one of them began continues under the new name. */
async function renameFormerFolder(dataDir: string): Promise<void> {
  const former = join(dataDir, formerFolder)
  if (!existsSync(former)) return
  const folder = join(dataDir, replacedFolder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(former)) {
    if (!existsSync(join(folder, name))) await rename(join(former, name), join(folder, name))
  }
  if ((await readdir(former)).length === 0) await rm(former, { recursive: true })
}

async function readPending(dataDir: string): Promise<PendingRestore | null> {
  const text = await readFile(join(dataDir, pendingFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const pending = pendingSchema.safeParse(JSON.parse(text))
  if (!pending.success) throw new StoreOpenError({ code: 'restore_request_unreadable', params: { file: pendingFile } })
  return pending.data
}
