import type { MessagePort } from 'node:worker_threads'
import type { InterruptedPolicy, SandboxBehaviour } from '#shared/contract/gateway.ts'
import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import { StoreOpenError } from '../store/open-errors.ts'
import type { Store } from '../store/store.ts'
import type { FromDispatch, FromSandbox, SendingLimits, SendingTarget, ToDispatch, ToSandbox } from './protocol.ts'
import { createSenderHealth, routeReports, type SenderHealth, type SenderListeners } from './sender-reports.ts'
import { type JobFiles, openWorkers, type Workers, type WorkersOptions } from './workers.ts'

/** The time in which the worker records what it has given up. */
const recordingMs = 1_500
/** The time in which a thread with nothing left to do must end. */
const endingMs = 2_000
/** The worker that dies this often before it is ready does not start. */
const maxDeathsBeforeReady = 3

/** Where messages are sent: the sandbox, or a gateway of the user's. */
export type Destination =
  | ({ readonly kind: 'sandbox'; readonly behaviour: SandboxBehaviour } & SendingLimits)
  | ({ readonly kind: 'gateway' } & SendingTarget)

export interface SchedulerOptions {
  readonly files: JobFiles
  readonly storeFile: string
  readonly retryPolicy: RetryPolicy
  readonly destination: Destination
  /** Read whenever the sending worker starts. */
  readonly interrupted: () => InterruptedPolicy
  readonly listeners: SenderListeners
}

export interface Scheduler {
  /** Sends elsewhere, or with other limits, from now on. */
  direct(destination: Destination): void
  /** The store changed: the sender checks it again. */
  wake(): void
  /** Returns the store with writes that come before the sender's next turn. */
  withPriority(store: Store): Store
  /** Returns the address of the sandbox, and starts it first where it does not run yet. */
  sandboxUrl(): Promise<string>
  /** Lets what is in flight end, gives it up when that takes too long, records it; ends a worker by force after `deadlineMs`. */
  close(deadlineMs: number): Promise<void>
}

interface SchedulerState {
  destination: Destination
  behaviour: SandboxBehaviour
  dispatch: MessagePort | null
  sandbox: MessagePort | null
  sandboxReady: PromiseWithResolvers<string> | null
  readonly dispatchReady: PromiseWithResolvers<void>
  readonly dispatchStopped: PromiseWithResolvers<void>
  deathsBeforeReady: number
  isClosing: boolean
}

interface Context {
  readonly options: SchedulerOptions
  readonly state: SchedulerState
  readonly health: SenderHealth
  /** Set before any worker starts. */
  workers: Workers
}

/**
 * Runs the worker threads: `dispatch`, which sends, and `sandbox`, the gateway for trying things out. Throws
 * `StoreOpenError` when what a dead process left in flight cannot be written to the store.
 */
export async function openScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const state = initialState(options.destination)
  const health = createSenderHealth({ onReport: routeReports(options.listeners) })
  // Replaced below, before any worker starts.
  const context: Context = { options, state, health, workers: { start: async () => {}, endAll: async () => {} } }
  context.workers = await openWorkers(workersOptions(context))
  const { workers } = context
  try {
    await workers.start('dispatch')
    await state.dispatchReady.promise
  } catch (error) {
    health.close()
    post(state, { type: 'stop', withinMs: 0 })
    await workers.endAll(endingMs)
    throw error
  }
  return {
    direct: (destination) => direct(context, destination),
    wake: () => post(state, { type: 'wake' }),
    withPriority: (store) => ({
      ...store,
      async write(work) {
        post(state, { type: 'write', isWriting: true })
        try {
          return await store.write(work)
        } finally {
          post(state, { type: 'write', isWriting: false })
        }
      },
    }),
    sandboxUrl: () => sandboxUrl(context),
    close: (deadlineMs) => close(context, deadlineMs),
  }
}

function initialState(destination: Destination): SchedulerState {
  const quiet: SandboxBehaviour = { latencyMs: 0, errorRate: 0, ratePerSecond: null }
  return {
    destination,
    behaviour: destination.kind === 'sandbox' ? destination.behaviour : quiet,
    dispatch: null,
    sandbox: null,
    sandboxReady: null,
    dispatchReady: Promise.withResolvers(),
    dispatchStopped: Promise.withResolvers(),
    deathsBeforeReady: 0,
    isClosing: false,
  }
}

function post({ dispatch }: SchedulerState, message: ToDispatch): void {
  dispatch?.postMessage(message)
}

function postToSandbox({ sandbox }: SchedulerState, message: ToSandbox): void {
  sandbox?.postMessage(message)
}

function workersOptions(context: Context): WorkersOptions {
  const { options, state } = context
  const { storeFile, retryPolicy, interrupted, listeners } = options
  return {
    files: options.files,
    jobs: {
      dispatch: () => ({ storeFile, retryPolicy, interrupted: interrupted() }),
      sandbox: () => ({ behaviour: state.behaviour }),
    },
    onStart: (name, port) => {
      if (name === 'dispatch') {
        state.dispatch = port
        port.on('message', (message: FromDispatch) => onDispatch(context, message))
      } else {
        state.sandbox = port
        port.on('message', (message: FromSandbox) => onSandbox(context, message))
      }
    },
    onDeath: (name, restartInMs) => onDeath(context, name, restartInMs),
    onError: (name, error) => listeners.onLog('error', `worker "${name}": ${error.stack ?? error.message}`),
  }
}

function onDispatch(context: Context, message: FromDispatch): void {
  const { options, state, health } = context
  if (message.type === 'ready') {
    state.dispatchReady.resolve()
    if (!health.isStopped) void aim(context)
  } else if (message.type === 'stopped') state.dispatchStopped.resolve()
  else {
    // While the program is still starting, the user sees why only if the start fails.
    if (message.type === 'blocked' && message.blocked !== null) {
      const params = { file: options.storeFile, cause: String(message.blocked.reason) }
      state.dispatchReady.reject(new StoreOpenError({ code: 'store_not_written', params }))
    }
    health.receive(message)
  }
}

function onSandbox(context: Context, message: FromSandbox): void {
  const { state } = context
  if (message.type !== 'ready') return
  state.sandboxReady?.resolve(message.url)
  if (state.destination.kind === 'sandbox') void aim(context)
}

function onDeath({ options, state, health }: Context, name: string, restartInMs: number): void {
  const log = (text: string): void => options.listeners.onLog('error', text)
  if (state.isClosing) {
    log(`worker "${name}" died while the program closed`)
    // It will not report that it has stopped.
    if (name === 'dispatch') state.dispatchStopped.resolve()
    return
  }
  log(`worker "${name}" died; it starts again in ${restartInMs} ms`)
  if (name !== 'dispatch') {
    state.sandboxReady = Promise.withResolvers()
    return
  }
  state.dispatch = null
  state.deathsBeforeReady += 1
  if (state.deathsBeforeReady === maxDeathsBeforeReady)
    state.dispatchReady.reject(new Error('the sending worker does not start: scheduler.log says why'))
  health.died(restartInMs)
}

/** Sends the sender its configuration. */
async function aim(context: Context): Promise<void> {
  const { state } = context
  const { destination } = state
  const { concurrency, timeoutMs, ratePerSecond } = destination
  const address =
    destination.kind === 'gateway'
      ? destination.address
      : ({ kind: 'http', url: await sandboxUrl(context), token: 'sandbox' } as const)
  // While the sandbox started, the user may have chosen another gateway.
  if (destination !== state.destination) return
  post(state, { type: 'aim', target: { address, concurrency, timeoutMs, ratePerSecond } })
}

function direct(context: Context, destination: Destination): void {
  const { state, health } = context
  state.destination = destination
  health.reopened()
  if (destination.kind === 'sandbox') {
    state.behaviour = destination.behaviour
    postToSandbox(state, { type: 'behave', behaviour: state.behaviour })
  }
  void aim(context)
}

async function sandboxUrl({ state, workers }: Context): Promise<string> {
  if (state.sandboxReady === null) {
    state.sandboxReady = Promise.withResolvers()
    await workers.start('sandbox')
  }
  return state.sandboxReady.promise
}

async function close({ state, health, workers }: Context, deadlineMs: number): Promise<void> {
  state.isClosing = true
  post(state, { type: 'stop', withinMs: Math.max(0, deadlineMs - recordingMs) })
  const deadline = Promise.withResolvers<void>()
  const timer = setTimeout(deadline.resolve, deadlineMs)
  if (state.dispatch !== null) await Promise.race([state.dispatchStopped.promise, deadline.promise])
  clearTimeout(timer)
  health.close()
  postToSandbox(state, { type: 'stop' })
  await workers.endAll(endingMs)
}
