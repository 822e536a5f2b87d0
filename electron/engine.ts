import { resolve } from 'node:path'
import type { Router } from '@orpc/server'
import type { Contract } from '#shared/contract/index.ts'
import manifest from '../package.json' with { type: 'json' }
import { createRouter, type RouterParts } from './api/router.ts'
import { openBackups } from './backups/backups.ts'
import { type Damage, damageOf, howToMend, prepareStore, settleRestore } from './backups/prepare-store.ts'
import { wallClock } from './base/clock.ts'
import { createEvents } from './base/events.ts'
import { keyFileBox } from './base/key-file.ts'
import { openLogs } from './base/log.ts'
import { DataDirectoryError, makeDataDirectory } from './base/make-data-directory.ts'
import type { SecretBox } from './base/secret-box.ts'
import { traceLine } from './base/trace-line.ts'
import { createGatewayControl } from './channel/gateway-control.ts'
import { BadEnvironmentError, openGatewaySettings } from './channel/gateway-settings.ts'
import { undoUnfinishedImports } from './clients/import/undo-import.ts'
import { createDeliveryNews } from './deliveries/delivery-news.ts'
import { forgetPassphrase, openLock } from './lock/lock.ts'
import { openScheduler, type Scheduler } from './scheduler/scheduler.ts'
import type { SenderStatusReport } from './scheduler/sender-health.ts'
import { type JobFiles, sourceJobs } from './scheduler/workers.ts'
import { type RetryPolicy, retryPolicy } from './sending/retry-policy.ts'
import { StoreTooNewError } from './store/sqlite/migrate.ts'
import { openFailure, StoreOpenError } from './store/sqlite/open-failure.ts'
import { DirectoryHeldError, takeOwnership } from './store/sqlite/ownership.ts'
import { openStore, type Store, storeFile } from './store/store.ts'

export interface EngineOptions {
  /** Where the store, the logs and the key live; made when it is not there. */
  readonly dataDir: string
  /** Whether `HERALD_DATA_DIR` named it; told to the console. */
  readonly dataDirFromEnvironment?: boolean
  /** Whether the program is not installed; told to the console. */
  readonly isPortable?: boolean
  readonly host: 'desktop' | 'web'
  /** Overrides of the stored gateway settings: `HERALD_GATEWAY_URL` and `HERALD_GATEWAY_TOKEN`. */
  readonly environment?: { readonly gatewayUrl?: string | undefined; readonly gatewayToken?: string | undefined }
  /** A key file in the data directory unless given. */
  readonly secrets?: SecretBox
  /** Folder and extension of the worker entry files: the sources unless given, the built files in the packaged app. */
  readonly jobs?: JobFiles
  /** Takes the store's place before it is opened: the name of a backup, `newest` for the newest that is whole, `none` for an empty store. */
  readonly restore?: string | undefined
  /** Takes the passphrase of the lock away first, for an owner who has forgotten it. */
  readonly forgetPassphrase?: boolean
  /** Called when the program is to begin anew, because a backup is to take the store's place. The host closes the engine and opens it again. */
  readonly onRestart?: () => void
  /** How often and how patiently a message is tried; the domain's own rule unless given. */
  readonly retries?: RetryPolicy
}

export interface Engine {
  /** The implemented contract; a host adds a transport. */
  readonly api: Router<Contract, Record<never, never>>
  /** The same for the program itself, which goes on while the lock keeps everybody out. Never given to a host's transport. */
  readonly own: Router<Contract, Record<never, never>>
  /** Looks at once at what is due: timers stood still while the machine slept. */
  wake(): void
  /** Stops taking messages, records what is in flight, closes the store. Safe to call twice. */
  close(): Promise<void>
}

/** Says in words why a data directory could not be opened. */
export class EngineOpenError extends Error {
  /** Set where the store is damaged: what can take its place. */
  readonly damage: Damage | null

  constructor(message: string, options: ErrorOptions & { readonly damage?: Damage | null } = {}) {
    super(message, options)
    this.damage = options.damage ?? null
  }
}

/** How long requests in flight may take to end when the program closes; what is broken off is sent again at the next start. */
const closeDeadlineMs = 8_000

/**
 * The composition root: opens or creates the store, brings it up to date, starts the scheduler. Throws `EngineOpenError`
 * when the directory cannot be one, another process holds it, a newer program wrote it, its store is damaged, or the
 * environment makes no sense.
 */
export async function openEngine({
  dataDir: directory,
  dataDirFromEnvironment = false,
  isPortable = false,
  host,
  environment = {},
  secrets,
  jobs = sourceJobs,
  retries = retryPolicy,
  restore,
  forgetPassphrase: isPassphraseForgotten = false,
  onRestart = () => undefined,
}: EngineOptions): Promise<Engine> {
  const dataDir = resolve(directory)
  const closers: (() => Promise<void>)[] = []
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    makeDataDirectory(dataDir)
    closers.push(await takeOwnership(dataDir))
    const logs = openLogs(dataDir)
    const clock = wallClock
    const restored = await prepareStore(dataDir, { restore, now: clock.now(), log: logs.main })
    const store = await openStore(dataDir, clock.now, (events) =>
      logs.scheduler.lines(events.map((event) => traceLine(clock.now(), event)).join('')),
    )
    closers.push(store.close)
    if (restored !== null) await settleRestore(store, dataDir, clock.now())
    await undoUnfinishedImports(store)
    if (isPassphraseForgotten) await forgetPassphrase(store)
    const events = createEvents()
    const news = createDeliveryNews(store, events)
    const keeper = await openGatewaySettings(store, secrets ?? keyFileBox(dataDir), environment)

    // The scheduler reports to what is made of it, and cannot report before it is there.
    const control = createGatewayControl(keeper, () => scheduler)
    const hear = (report: SenderStatusReport): void => {
      if (report.type === 'log') logs.scheduler[report.level](report.text)
      else if (report.type === 'trace') logs.scheduler.lines(report.lines)
      else if (report.type === 'progress')
        void news.tell(report.movements).catch((error) => logs.main.error(String(error)))
      else {
        control.note(report.channel)
        events.publish(report)
      }
    }
    // Before the scheduler, so that it closes after it: a copy under way must not keep what is in flight from being recorded.
    const backups = openBackups(dataDir, { store, clock, log: logs.main })
    closers.push(() => backups.close())
    const scheduler: Scheduler = await openScheduler({
      files: jobs,
      storeFile: store.file,
      retryPolicy: retries,
      destination: await keeper.destination(),
      interrupted: keeper.interrupted,
      onReport: hear,
    })
    closers.push(() => scheduler.close(closeDeadlineMs))

    // What the operator does comes before the next turn of a sender at full speed.
    const polite: Store = { ...store, write: (work) => scheduler.ahead(() => store.write(work)) }
    const lock = await openLock(polite, () => performance.now())
    const parts: RouterParts = {
      store: polite,
      events,
      clock,
      jobs,
      untilLocked: (signal) => (signal === undefined ? lock.locking() : AbortSignal.any([signal, lock.locking()])),
      sender: { wake: scheduler.wake },
      gatewayControl: control,
      program: {
        version: manifest.version,
        dataDir,
        dataDirFromEnvironment,
        isPortable,
        host,
        platform: process.platform,
      },
      logs,
      backups,
      restart: onRestart,
      lock,
      guard: lock,
    }
    logs.main.info(`Herald ${manifest.version} opened ${dataDir} (${host} host)`)
    closers.push(async () => logs.main.info('Herald closes'))
    const { signal: never } = new AbortController()
    let closing: Promise<void> | undefined
    return {
      api: createRouter(parts),
      own: createRouter({
        ...parts,
        untilLocked: (signal) => signal ?? never,
        guard: { isLocked: () => false, locking: () => never },
      }),
      wake: () => {
        if (closing === undefined) scheduler.wake()
      },
      close: () => (closing ??= closeAll()),
    }
  } catch (thrown) {
    await closeAll()
    const damage = await damageOf(dataDir, thrown, wallClock.now())
    const error = openFailure(thrown, storeFile(dataDir), { damaged: damage === null ? '' : howToMend(damage) })
    if (
      error instanceof DataDirectoryError ||
      error instanceof DirectoryHeldError ||
      error instanceof StoreOpenError ||
      error instanceof StoreTooNewError ||
      error instanceof BadEnvironmentError
    )
      throw new EngineOpenError(error.message, { cause: error, damage })
    throw error
  }
}
