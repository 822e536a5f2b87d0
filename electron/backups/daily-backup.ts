import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupPolicy } from '#shared/contract/backups.ts'
import { storeErrors } from '#shared/domain/store-trouble.ts'
import { type AppError, errorText } from '#shared/errors/app-error.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { troubleOf } from '../store/open-errors.ts'
import type { StoreHost } from '../store/ports/store-host.ts'
import { type BackupFile, dayMs, expiredBackups, listBackups } from './backup-list.ts'

/** How long after the start, and then how often, the program checks whether a backup is due. */
const firstCheckMs = 60_000
const checkEveryMs = 15 * 60_000

export interface BackupProblem {
  /** When the backup failed (ms). */
  readonly at: number
  readonly error: AppError
}

interface DailyBackupParts {
  readonly host: StoreHost
  readonly clock: Clock
  readonly log: Log
  readonly policy: () => Promise<BackupPolicy>
  readonly make: (kind: 'daily') => Promise<BackupFile>
  /** Whether this backup is about to take the store's place. */
  readonly isRequested: (name: string) => boolean
}

export interface DailyBackup {
  /** Makes a backup when the last one is a day old, then deletes expired ones. Never throws. */
  makeIfDue(): Promise<void>
  /** Returns why the last one failed; null when it succeeded. */
  problem(): BackupProblem | null
  /** Calls `check` soon, then regularly. Returns a function that stops it. */
  schedule(check: () => Promise<void>): () => void
}

export function createDailyBackup({ host, clock, log, policy, make, isRequested }: DailyBackupParts): DailyBackup {
  let problem: BackupProblem | null = null

  async function deleteExpired(now: number): Promise<void> {
    for (const { name } of expiredBackups(await listBackups(host), await policy(), now)) {
      if (isRequested(name)) continue
      // One that cannot be deleted now is tried again another day.
      const isGone = await rm(join(host.backupsFolder, name), { force: true }).then(
        () => true,
        () => false,
      )
      log.info(`backup ${name} has expired${isGone ? ' and was deleted' : ', but cannot be deleted now'}`)
    }
  }

  return {
    async makeIfDue() {
      const now = clock.now()
      try {
        // A backup with a future date, from a wrong clock, says nothing about today.
        const past = (await listBackups(host)).filter(({ at }) => at <= now)
        const newest = past.find(({ kind }) => kind === 'daily')?.at ?? 0
        if (now - newest < dayMs) return
        await make('daily')
        problem = null
        await deleteExpired(now)
      } catch (error) {
        problem = { at: now, error: appErrorOf(error) }
        log.error(`the daily backup failed: ${errorText(problem.error)}`)
      }
    },
    problem: () => problem,
    schedule(check) {
      const first = setTimeout(() => void check(), firstCheckMs)
      const every = setInterval(() => void check(), checkEveryMs)
      first.unref()
      every.unref()
      return () => {
        clearTimeout(first)
        clearInterval(every)
      }
    },
  }
}

function appErrorOf(error: unknown): AppError {
  const trouble = troubleOf(error)
  if (trouble !== null) return { code: storeErrors[trouble] }
  return { code: 'unexpected', params: { cause: error instanceof Error ? error.message : String(error) } }
}
