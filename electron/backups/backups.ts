import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BackupContents, type BackupPolicy, backupPolicySchema } from '#shared/contract/backups.ts'
import type { BackupKind } from '#shared/domain/backup-name.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { createSerialQueue } from '../base/serial-queue.ts'
import { ConflictError } from '../store/errors.ts'
import { DamagedStoreError } from '../store/open-errors.ts'
import type { SettingReads } from '../store/ports/settings.ts'
import type { StoreHost } from '../store/ports/store-host.ts'
import type { Store } from '../store/store.ts'
import { type BackupFile, listBackups } from './backup-list.ts'
import { type BackupProblem, createDailyBackup } from './daily-backup.ts'
import { requestRestore } from './restore.ts'

const settingKey = 'backups'
const defaultPolicy: BackupPolicy = { keep: 14, days: 60 }

export interface Backups {
  list(): Promise<BackupFile[]>
  policy(): Promise<BackupPolicy>
  changePolicy(part: { readonly [key in keyof BackupPolicy]?: number | undefined }): Promise<BackupPolicy>
  /** Returns why the last daily backup failed; null when it succeeded. */
  problem(): BackupProblem | null
  make(kind: BackupKind): Promise<BackupFile>
  /** Reads a whole backup. Throws `ConflictError` when it is missing, damaged or made by a newer version. */
  check(name: string): Promise<BackupContents>
  /** Checks a backup and requests that it takes the store's place at the next start. */
  askForRestore(name: string): Promise<void>
  remove(name: string): Promise<void>
  /** Makes the daily backup when the last one is a day old, and deletes expired ones. */
  makeDaily(): Promise<void>
  /** Stops the backup in progress and makes no more. */
  close(): Promise<void>
}

/** Copies of the store: one a day automatically, others on request. One at a time. */
export function openBackups(
  dataDir: string,
  { store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log },
): Backups {
  const { host } = store
  const queue = createSerialQueue()
  /** The backup that is to take the store's place: it must not be deleted before. */
  let requested: string | null = null
  const closing = new AbortController()
  const policy = () => readPolicy(store.read.settings)
  const make = (kind: BackupKind) => makeBackup(host, kind, clock.now(), { signal: closing.signal, log })
  const daily = createDailyBackup({ host, clock, log, policy, make, isRequested: (name) => name === requested })
  const makeDaily = () => queue.run(async () => (closing.signal.aborted ? undefined : daily.makeIfDue()))
  const stopSchedule = daily.schedule(makeDaily)

  return {
    list: () => listBackups(host),
    policy,
    changePolicy: (part) => changePolicy(store, part),
    problem: () => daily.problem(),
    make: (kind) => queue.run(() => make(kind)),
    check: (name) => checkBackup(host, name, log),
    askForRestore: (name) =>
      queue.run(async () => {
        await checkBackup(host, name, log)
        await requestRestore(dataDir, name, clock.now())
        requested = name
        log.info(`backup ${name} takes the store's place at the next opening`)
      }),
    async remove(name) {
      if (name === requested) throw new ConflictError({ code: 'backup_being_restored', field: 'name' })
      refuseMissing(host, name)
      await rm(join(host.backupsFolder, name))
      log.info(`backup ${name} was deleted`)
    },
    makeDaily,
    async close() {
      // Copying a large store takes longer than closing the program may take.
      closing.abort()
      stopSchedule()
      await queue.idle()
    },
  }
}

async function readPolicy(settings: SettingReads): Promise<BackupPolicy> {
  const kept = (await settings.get(settingKey)) as Partial<BackupPolicy> | undefined
  return backupPolicySchema.parse({ ...defaultPolicy, ...kept })
}

function changePolicy(store: Store, part: Parameters<Backups['changePolicy']>[0]): Promise<BackupPolicy> {
  return store.write(async ({ settings, recordEdit }) => {
    const present = await readPolicy(settings)
    const next = backupPolicySchema.parse({ keep: part.keep ?? present.keep, days: part.days ?? present.days })
    await settings.set(settingKey, next)
    recordEdit({ settings: 'backups' }, present, next)
    return next
  })
}

async function makeBackup(
  host: StoreHost,
  kind: BackupKind,
  now: number,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Log },
): Promise<BackupFile> {
  const startedAt = performance.now()
  const name = await host.backUp(kind, now, signal)
  const made = (await listBackups(host)).find((backup) => backup.name === name)
  if (made === undefined) throw new Error(`backup ${name} disappeared right after it was made`)
  log.info(`backup ${name}: ${made.bytes} bytes in ${Math.round(performance.now() - startedAt)} ms`)
  return made
}

async function checkBackup(host: StoreHost, name: string, log: Log): Promise<BackupContents> {
  refuseMissing(host, name)
  try {
    const { isNewer, ...contents } = await host.examineBackup(name)
    if (isNewer) throw new ConflictError({ code: 'backup_newer', field: 'name' })
    return contents
  } catch (error) {
    if (!(error instanceof DamagedStoreError)) throw error
    log.warn(`backup ${name}: ${error.message}`)
    throw new ConflictError({ code: 'backup_damaged', field: 'name' })
  }
}

function refuseMissing({ backupsFolder }: StoreHost, name: string): void {
  if (!existsSync(join(backupsFolder, name))) throw new ConflictError({ code: 'backup_missing', field: 'name' })
}
