import { resolve } from 'node:path'
import type { Router } from '@orpc/server'
import type { Contract } from '#shared/contract/index.ts'
import { type RetryPolicy, retryPolicy } from '#shared/domain/retry-policy.ts'
import type { AppError } from '#shared/errors/app-error.ts'
import { CodedError } from '#shared/errors/coded-error.ts'
import manifest from '../package.json' with { type: 'json' }
import { createRouter, type RouterParts } from './api/router.ts'
import { type Backups, openBackups } from './backups/backups.ts'
import { type Damage, damageOf, prepareStore, settleRestore, storeDamageError } from './backups/prepare-store.ts'
import { wallClock } from './base/clock.ts'
import { createEvents, type Events } from './base/events.ts'
import { keyFileBox } from './base/key-file.ts'
import { type Logs, openLogs } from './base/log.ts'
import { makeDataDirectory } from './base/make-data-directory.ts'
import type { SecretBox } from './base/secret-box.ts'
import { traceLine } from './base/trace-line.ts'
import { undoUnfinishedImports } from './clients/import/undo-import.ts'
import { createMessageClearing, type MessageClearing } from './deliveries/clear-messages.ts'
import { createProgressPublisher } from './deliveries/delivery-progress.ts'
import { createGatewayControl, type GatewayControl } from './gateways-setup/gateway-control.ts'
import { openGatewaySettings } from './gateways-setup/gateway-settings.ts'
import { forgetPassphrase, openLock } from './lock/lock.ts'
import { openScheduler, type Scheduler } from './scheduler/scheduler.ts'
import { type JobFiles, sourceJobs } from './scheduler/workers.ts'
import { openStore, type Store, storeHostOf } from './store/store.ts'

export interface EngineOptions {
  /** The directory of the store, the logs and the key; it is created where it does not exist. */
  readonly dataDir: string
  /** Whether `HERALD_DATA_DIR` named it; shown in the console. */
  readonly dataDirFromEnvironment?: boolean
  /** Whether the program is not installed; shown in the console. */
  readonly isPortable?: boolean
  readonly host: 'desktop' | 'web'
  /** Overrides of the stored gateway settings: `HERALD_GATEWAY_URL` and `HERALD_GATEWAY_TOKEN`. */
  readonly environment?: { readonly gatewayUrl?: string | undefined; readonly gatewayToken?: string | undefined }
  /** The default is a key file in the data directory. */
  readonly secrets?: SecretBox
  /** Folder and extension of the worker entry files. The default is the sources; the packaged app uses built files. */
  readonly jobs?: JobFiles
  /** Replaces the store before it is opened: the name of a backup, `newest` for the newest intact one, `none` for an empty store. */
  readonly restore?: string | undefined
  /** Removes the passphrase of the lock first, for an owner who has forgotten it. */
  readonly forgetPassphrase?: boolean
  /** Called when a backup is to replace the store: the host closes the engine and opens it again. */
  readonly onRestart?: () => void
  /** How often a message is tried and how long it waits in between. Default: `retryPolicy`. */
  readonly retries?: RetryPolicy
}

export interface Engine {
  /** The contract, implemented; a host puts a transport before it. */
  readonly api: Router<Contract, Record<never, never>>
  /** The same for the program itself, which works while the program is locked. Never to be given to a host's transport. */
  readonly internalApi: Router<Contract, Record<never, never>>
  /** Checks at once what is due: timers do not run while the machine sleeps. */
  wake(): void
  /** Starts no more requests, records what is in flight, closes the store. Safe to call twice. */
  close(): Promise<void>
}

/** A data directory could not be opened. */
export class EngineOpenError extends CodedError {
  /** Set where the store is damaged: what can replace it. */
  readonly damage: Damage | null

  constructor(error: AppError, options: ErrorOptions & { readonly damage?: Damage | null } = {}) {
    super(error, options)
    this.damage = options.damage ?? null
  }
}

/** The time in which requests in flight may end when the program closes; what is given up is sent again at the next start. */
const closeDeadlineMs = 8_000

/** Closes what was opened, in the reverse order. */
type Closers = (() => Promise<void>)[]

/**
 * The composition root: opens or creates the store, migrates it, starts the scheduler. Throws `EngineOpenError` when the
 * directory cannot be used, another process holds it, a newer program wrote it, its store is damaged, or the environment
 * is invalid.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const dataDir = resolve(options.dataDir)
  const closers: Closers = []
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    const base = await openBase(options, dataDir, closers)
    const sending = await openSending(options, base, closers)
    const { api, internalApi } = await createApis(options, dataDir, base, sending)
    base.logs.main.info(`Herald ${manifest.version} opened ${dataDir} (${options.host} host)`)
    closers.push(async () => base.logs.main.info('Herald closes'))
    let closing: Promise<void> | undefined
    return {
      api,
      internalApi,
      wake: () => {
        if (closing === undefined) sending.scheduler.wake()
      },
      close: () => (closing ??= closeAll()),
    }
  } catch (error) {
    await closeAll()
    throw await engineError(dataDir, error)
  }
}

/** The data directory, and what the rest of the engine is built on. */
interface Base {
  readonly logs: Logs
  readonly store: Store
  readonly events: Events
  readonly secrets: SecretBox
  readonly backups: Backups
  readonly clearing: MessageClearing
}

async function openBase(
  { restore, forgetPassphrase: isPassphraseForgotten = false, secrets }: EngineOptions,
  dataDir: string,
  closers: Closers,
): Promise<Base> {
  makeDataDirectory(dataDir)
  closers.push(await storeHostOf(dataDir).takeOwnership())
  const logs = openLogs(dataDir)
  const { now } = wallClock
  const restored = await prepareStore(dataDir, { restore, now: now(), log: logs.main })
  const store = await openStore(dataDir, now, (events) =>
    logs.scheduler.lines(events.map((event) => traceLine(now(), event)).join('')),
  )
  closers.push(store.close)
  if (restored !== null) await settleRestore(store, dataDir, now())
  await undoUnfinishedImports(store)
  if (isPassphraseForgotten) await forgetPassphrase(store)
  const events = createEvents()
  const clearing = createMessageClearing({ store, events, log: logs.main })
  closers.push(clearing.close)
  clearing.start()
  // Closes after the scheduler: a running backup must not keep results in flight from being recorded.
  const backups = openBackups(dataDir, { store, clock: wallClock, log: logs.main })
  closers.push(() => backups.close())
  return { logs, store, events, secrets: secrets ?? keyFileBox(dataDir), backups, clearing }
}

interface Sending {
  readonly scheduler: Scheduler
  readonly control: GatewayControl
}

async function openSending(
  { environment = {}, jobs = sourceJobs, retries = retryPolicy }: EngineOptions,
  { logs, store, events, secrets }: Base,
  closers: Closers,
): Promise<Sending> {
  const gatewaySettings = await openGatewaySettings(store, secrets, environment)
  const progress = createProgressPublisher(store, events)
  // The control directs the scheduler, and the scheduler reports to the control.
  const control = createGatewayControl(gatewaySettings, store, () => scheduler)
  const scheduler: Scheduler = await openScheduler({
    files: jobs,
    storeFile: store.host.file,
    retryPolicy: retries,
    destination: await gatewaySettings.destination(),
    interrupted: gatewaySettings.interrupted,
    listeners: {
      onLog: (level, text) => logs.scheduler[level](text),
      onTrace: logs.scheduler.lines,
      onProgress: (movements) => void progress.publish(movements).catch((error) => logs.main.error(String(error))),
      onChannel: (channel) => {
        control.note(channel)
        events.publish({ type: 'channel', channel })
      },
      // Receipts and replies are not stored yet.
      onGatewayEvent: ({ kind }) => logs.scheduler.info(`the gateway sent a ${kind}`),
    },
  })
  closers.push(() => scheduler.close(closeDeadlineMs))
  return { scheduler, control }
}

async function createApis(
  options: EngineOptions,
  dataDir: string,
  { logs, store: ownStore, events, backups, clearing }: Base,
  { scheduler, control }: Sending,
): Promise<Pick<Engine, 'api' | 'internalApi'>> {
  const { dataDirFromEnvironment = false, isPortable = false, host, onRestart = () => undefined } = options
  const store = scheduler.withPriority(ownStore)
  const lock = await openLock(store, () => performance.now())
  const { version } = manifest
  const parts: RouterParts = {
    store,
    events,
    clock: wallClock,
    jobs: options.jobs ?? sourceJobs,
    untilLocked: (signal) => (signal === undefined ? lock.locking() : AbortSignal.any([signal, lock.locking()])),
    sender: { wake: scheduler.wake },
    clearing,
    gatewayControl: control,
    program: { version, dataDir, dataDirFromEnvironment, isPortable, host, platform: process.platform },
    logs,
    backups,
    restart: onRestart,
    lock,
    guard: lock,
  }
  const { signal: never } = new AbortController()
  return {
    api: createRouter(parts),
    internalApi: createRouter({
      ...parts,
      untilLocked: (signal) => signal ?? never,
      guard: { isLocked: () => false, locking: () => never },
    }),
  }
}

/** Returns what `openEngine` throws for an error. */
async function engineError(dataDir: string, thrown: unknown): Promise<unknown> {
  const damage = await damageOf(dataDir, thrown, wallClock.now())
  const storeHost = storeHostOf(dataDir)
  const error = storeHost.openFailure(thrown, storeDamageError(storeHost.file, damage))
  return error instanceof CodedError ? new EngineOpenError(error.error, { cause: error, damage }) : error
}
