import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BackupContents, type BackupPolicy, backupPolicySchema } from '#shared/contract/backups.ts'
import type { BackupKind } from '#shared/domain/backup-name.ts'
import { storeErrors } from '#shared/domain/store-trouble.ts'
import { type AppError, errorText } from '#shared/errors/app-error.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { createSerialQueue } from '../base/serial-queue.ts'
import { ConflictError } from '../store/errors.ts'
import { noteEdit } from '../store/journal/field-changes.ts'
import { readSetting, writeSetting } from '../store/settings/settings.ts'
import { backUpStore, backupsFolder, DamagedFileError, examineStore } from '../store/sqlite/backup-file.ts'
import { troubleOf } from '../store/sqlite/trouble.ts'
import type { Store } from '../store/store.ts'
import { type BackupFile, dayMs, listBackups, outlived } from './backup-list.ts'
import { wishRestore } from './restore.ts'

const settingKey = 'backups'
const usualPolicy: BackupPolicy = { keep: 14, days: 60 }
/** How soon after the start, and how often from then on, it is seen whether a day has passed. */
const firstLookMs = 60_000
const lookEveryMs = 15 * 60_000

export interface BackupProblem {
  readonly at: number
  readonly error: AppError
}

export interface Backups {
  list(): Promise<BackupFile[]>
  policy(): Promise<BackupPolicy>
  changePolicy(part: { readonly [key in keyof BackupPolicy]?: number | undefined }): Promise<BackupPolicy>
  /** Why the last one that was due was not made; null when it was. */
  problem(): BackupProblem | null
  make(kind: BackupKind): Promise<BackupFile>
  /** Reads one through. Throws `ConflictError` when there is none of this name, or it is damaged or of a newer program. */
  check(name: string): Promise<BackupContents>
  /** Checks one and asks for it to take the store's place at the next opening. */
  askForRestore(name: string): Promise<void>
  remove(name: string): Promise<void>
  /** Makes the daily one where the last is a day old, and clears away those that have had their time. */
  look(): Promise<void>
  /** Waits for what is under way, and begins nothing more. */
  close(): Promise<void>
}

/** Copies of the store: one a day by itself, others when they are asked for. One at a time. */
export function openBackups(
  dataDir: string,
  { store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log },
): Backups {
  const queue = createSerialQueue()
  let problem: BackupProblem | null = null
  /** The one that is to take the store's place: it must not go before. */
  let wished: string | null = null
  const closing = new AbortController()

  async function policy(): Promise<BackupPolicy> {
    const kept = (await readSetting(store.read, settingKey)) as Partial<BackupPolicy> | undefined
    return backupPolicySchema.parse({ ...usualPolicy, ...kept })
  }

  const fileOf = (name: string): string => {
    const file = join(backupsFolder(dataDir), name)
    if (!existsSync(file)) throw new ConflictError({ code: 'backup_missing', field: 'name' })
    return file
  }

  async function make(kind: BackupKind): Promise<BackupFile> {
    const begunAt = performance.now()
    const name = await backUpStore(dataDir, store.file, kind, clock.now(), closing.signal)
    const made = (await listBackups(dataDir)).find((backup) => backup.name === name)
    if (made === undefined) throw new Error(`${name} is gone as soon as it was made`)
    log.info(`backup ${name}: ${made.bytes} bytes in ${Math.round(performance.now() - begunAt)} ms`)
    return made
  }

  async function check(name: string): Promise<BackupContents> {
    const file = fileOf(name)
    try {
      const { isNewer, ...contents } = await examineStore(file)
      if (isNewer) throw new ConflictError({ code: 'backup_newer', field: 'name' })
      return contents
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error
      log.warn(`backup ${name}: ${error.message}`)
      throw new ConflictError({ code: 'backup_damaged', field: 'name' })
    }
  }

  /** Takes away those that have had their time; one that cannot go now goes another day. */
  async function clearAway(now: number): Promise<void> {
    for (const { name } of outlived(await listBackups(dataDir), await policy(), now)) {
      if (name === wished) continue
      const gone = await rm(join(backupsFolder(dataDir), name), { force: true }).then(
        () => true,
        () => false,
      )
      log.info(`backup ${name} has had its time${gone ? '' : ', but cannot be taken away now'}`)
    }
  }

  async function look(): Promise<void> {
    const now = clock.now()
    try {
      // One that a wrong clock dated ahead says nothing about today.
      const past = (await listBackups(dataDir)).filter(({ at }) => at <= now)
      const newest = past.find(({ kind }) => kind === 'daily')?.at ?? 0
      if (now - newest < dayMs) return
      await make('daily')
      problem = null
      await clearAway(now)
    } catch (error) {
      problem = { at: now, error: appErrorOf(error) }
      log.error(`the daily backup was not made: ${errorText(problem.error)}`)
    }
  }

  const lookInTurn = () => queue.run(async () => (closing.signal.aborted ? undefined : look()))
  const first = setTimeout(() => void lookInTurn(), firstLookMs)
  const every = setInterval(() => void lookInTurn(), lookEveryMs)
  first.unref()
  every.unref()

  return {
    list: () => listBackups(dataDir),
    policy,
    async changePolicy(part) {
      return store.write(async (writing) => {
        const present = await policy()
        const next = backupPolicySchema.parse({ keep: part.keep ?? present.keep, days: part.days ?? present.days })
        await writeSetting(writing, settingKey, next)
        noteEdit(writing, { settings: 'backups' }, present, next)
        return next
      })
    },
    problem: () => problem,
    make: (kind) => queue.run(() => make(kind)),
    check,
    askForRestore: (name) =>
      queue.run(async () => {
        await check(name)
        await wishRestore(dataDir, name, clock.now())
        wished = name
        log.info(`backup ${name} takes the store's place at the next opening`)
      }),
    async remove(name) {
      if (name === wished) throw new ConflictError({ code: 'backup_being_restored', field: 'name' })
      await rm(fileOf(name))
      log.info(`backup ${name} was deleted`)
    },
    look: lookInTurn,
    async close() {
      // A copy of a large store takes longer than whoever closes the program can wait.
      closing.abort()
      clearTimeout(first)
      clearInterval(every)
      await queue.idle()
    },
  }
}

function appErrorOf(error: unknown): AppError {
  const trouble = troubleOf(error)
  if (trouble !== null) return { code: storeErrors[trouble] }
  return { code: 'unexpected', params: { cause: error instanceof Error ? error.message : String(error) } }
}
