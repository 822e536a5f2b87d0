import { join } from 'node:path'
import type { AppError } from '#shared/errors/app-error.ts'
import type { Log } from '../base/log.ts'
import { updateDelivery } from '../store/deliveries/deliveries.ts'
import { findMoving } from '../store/send-queue/delivery-life.ts'
import { backupsFolder, checkStore, endedUnclean, examineStore } from '../store/sqlite/backup-file.ts'
import { StoreOpenError } from '../store/sqlite/open-failure.ts'
import { troubleOf } from '../store/sqlite/trouble.ts'
import { type Store, storeFile } from '../store/store.ts'
import { newestGoodBackup } from './backup-list.ts'
import { carryOutRestore, clearHalves, forgetWish, type Restored, wishRestore } from './restore.ts'

/** A damaged store, and the newest backup that is whole. */
export interface Damage {
  readonly newestBackup: string | null
  /** Has that backup, or with `none` an empty store, take its place at the next opening. */
  replace(by: 'newest' | 'none'): Promise<void>
}

interface Preparing {
  /** The name of a backup, `newest`, or `none` for an empty store. */
  readonly restore: string | undefined
  readonly now: number
  readonly log: Log
}

/**
 * What comes before a store is opened: a restore that was asked for, now or before the last end; else, where the last program ended
 * without closing it, a look for damage. Gives back what took the store's place, or null. Throws `StoreOpenError`
 * when there is no such backup, and `DamagedFileError`.
 */
export async function prepareStore(dataDir: string, { restore, now, log }: Preparing): Promise<Restored | null> {
  if (restore !== undefined) await wishRestore(dataDir, restore === 'none' ? null : await nameOf(dataDir, restore), now)
  const restored = await carryOutRestore(dataDir)
  if (restored !== null) {
    log.warn(`${restored.name ?? 'an empty store'} took the store's place; the one before is in put-aside`)
    return restored
  }
  await clearHalves(dataDir)
  const file = storeFile(dataDir)
  if (!(await endedUnclean(file))) return null
  const begunAt = performance.now()
  await checkStore(file)
  log.info(
    `the last end was unclean; the store is in order (looked through in ${Math.round(performance.now() - begunAt)} ms)`,
  )
  return null
}

/**
 * Pauses whatever would go out by itself: a backup does not know what was sent after it was made, so that going on would send it twice.
 * From then on the restore is over.
 */
export async function settleRestore(store: Store, dataDir: string, now: number): Promise<void> {
  await store.write(async (writing) => {
    for (const id of await findMoving(writing.sql)) {
      await updateDelivery(writing, id, { status: 'paused' }, now)
      writing.note({ delivery: id, status: 'paused', because: 'restored' })
    }
  })
  await forgetWish(dataDir)
}

/** What there is to offer when the store is damaged; null when the error is about something else. */
export async function damageOf(dataDir: string, error: unknown, now: number): Promise<Damage | null> {
  if (troubleOf(error) !== 'damaged') return null
  const newestBackup = (await newestGoodBackup(dataDir))?.name ?? null
  return {
    newestBackup,
    replace: (by) => wishRestore(dataDir, by === 'none' ? null : newestBackup, now),
  }
}

/** The error about a damaged store, which names the backup that can replace it. */
export function storeDamageError(file: string, damage: Pick<Damage, 'newestBackup'> | null): AppError {
  if (damage === null) return { code: 'store_file_damaged', params: { file } }
  const { newestBackup: backup } = damage
  return backup === null
    ? { code: 'store_damaged_without_backup', params: { file } }
    : { code: 'store_damaged_with_backup', params: { file, backup } }
}

async function nameOf(dataDir: string, wanted: string): Promise<string> {
  const name = wanted === 'newest' ? (await newestGoodBackup(dataDir))?.name : wanted
  if (name === undefined) throw new StoreOpenError({ code: 'restore_without_backup' })
  try {
    const { isNewer } = await examineStore(join(backupsFolder(dataDir), name))
    if (isNewer) throw new StoreOpenError({ code: 'restore_backup_newer', params: { name } })
  } catch (error) {
    if (error instanceof StoreOpenError) throw error
    throw new StoreOpenError({ code: 'restore_backup_damaged', params: { name } }, { cause: error })
  }
  return name
}
