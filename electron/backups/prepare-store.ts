import type { AppError } from '#shared/errors/app-error.ts'
import type { Log } from '../base/log.ts'
import { StoreOpenError, troubleOf } from '../store/open-errors.ts'
import type { StoreHost } from '../store/ports/store-host.ts'
import { type Store, storeHostOf } from '../store/store.ts'
import { newestGoodBackup } from './backup-list.ts'
import { carryOutRestore, clearPendingRestore, type Restored, requestRestore } from './restore.ts'

/** A damaged store, and the newest backup that is undamaged. */
export interface Damage {
  readonly newestBackup: string | null
  /** Requests that this backup, or with `none` an empty store, takes the store's place at the next start. */
  replace(by: 'newest' | 'none'): Promise<void>
}

interface Preparation {
  /** The name of a backup, `newest`, or `none` for an empty store. */
  readonly restore: string | undefined
  readonly now: number
  readonly log: Log
}

/**
 * Prepares a directory before its store is opened: carries out a restore that is requested now or was before; otherwise
 * looks for damage when the last program did not close the store. Returns what took the store's place, or null. Throws
 * `StoreOpenError` when there is no such backup, and `DamagedStoreError`.
 */
export async function prepareStore(dataDir: string, { restore, now, log }: Preparation): Promise<Restored | null> {
  const host = storeHostOf(dataDir)
  if (restore !== undefined) await requestRestore(dataDir, restore === 'none' ? null : await nameOf(host, restore), now)
  const restored = await carryOutRestore(dataDir)
  if (restored !== null) {
    log.warn(`${restored.name ?? 'an empty store'} took the store's place; the previous store is in replaced-stores`)
    return restored
  }
  await host.deletePartFiles()
  if (!(await host.endedUnclean())) return null
  const startedAt = performance.now()
  await host.check()
  log.info(
    `the program did not close the store last time; the store is undamaged (checked in ${Math.round(performance.now() - startedAt)} ms)`,
  )
  return null
}

/**
 * Pauses every active delivery after a restore: a backup does not know what was sent after it was made, so resuming
 * automatically would send it twice. This ends the restore.
 */
export async function settleRestore(store: Store, dataDir: string, now: number): Promise<void> {
  await store.write(async ({ deliveries, record }) => {
    for (const id of await deliveries.active()) {
      await deliveries.update(id, { status: 'paused' }, now)
      record({ delivery: id, status: 'paused', because: 'restored' })
    }
  })
  await clearPendingRestore(dataDir)
}

/** Returns what can replace a damaged store; null when the error has another cause. */
export async function damageOf(dataDir: string, error: unknown, now: number): Promise<Damage | null> {
  if (troubleOf(error) !== 'damaged') return null
  const newestBackup = (await newestGoodBackup(storeHostOf(dataDir)))?.name ?? null
  return {
    newestBackup,
    replace: (by) => requestRestore(dataDir, by === 'none' ? null : newestBackup, now),
  }
}

/** Returns the error about a damaged store, which names the backup that can replace it. */
export function storeDamageError(file: string, damage: Pick<Damage, 'newestBackup'> | null): AppError {
  if (damage === null) return { code: 'store_file_damaged', params: { file } }
  const { newestBackup: backup } = damage
  return backup === null
    ? { code: 'store_damaged_without_backup', params: { file } }
    : { code: 'store_damaged_with_backup', params: { file, backup } }
}

async function nameOf(host: StoreHost, wanted: string): Promise<string> {
  const name = wanted === 'newest' ? (await newestGoodBackup(host))?.name : wanted
  if (name === undefined) throw new StoreOpenError({ code: 'restore_without_backup' })
  try {
    const { isNewer } = await host.examineBackup(name)
    if (isNewer) throw new StoreOpenError({ code: 'restore_backup_newer', params: { name } })
  } catch (error) {
    if (error instanceof StoreOpenError) throw error
    throw new StoreOpenError({ code: 'restore_backup_damaged', params: { name } }, { cause: error })
  }
  return name
}
