import type { MessagePort } from 'node:worker_threads'
import type { InterruptedPolicy, SandboxBehaviour } from '#shared/contract/gateway.ts'
import type { RetryPolicy } from '../sending/retry-policy.ts'
import { StoreOpenError } from '../store/sqlite/open-failure.ts'
import type { FromDispatch, FromSandbox, SendingLimits, SendingTarget, ToDispatch, ToSandbox } from './protocol.ts'
import { createSenderHealth, type SenderStatusReport } from './sender-health.ts'
import { type JobFiles, openWorkers } from './workers.ts'

/** How long the worker may take to record what it has broken off. */
const recordingMs = 1_500
/** How long a thread that has nothing left to do may take to end. */
const endingMs = 2_000

/** Where messages shall go: the sandbox, or a gateway of the operator's. */
export type Destination =
  | ({ readonly kind: 'sandbox'; readonly behaviour: SandboxBehaviour } & SendingLimits)
  | ({ readonly kind: 'gateway' } & SendingTarget)

export interface SchedulerOptions {
  readonly files: JobFiles
  readonly storeFile: string
  readonly retryPolicy: RetryPolicy
  readonly destination: Destination
  /** Asked whenever the sending worker starts. */
  readonly interrupted: () => InterruptedPolicy
  readonly onReport: (report: SenderStatusReport) => void
}

export interface Scheduler {
  /** Sends elsewhere, or with other limits, from now on. */
  direct(destination: Destination): void
  /** The store changed: the sender looks again. */
  wake(): void
  /** Does a piece of writing to the store before the sender's next turn. */
  ahead<Result>(write: () => Promise<Result>): Promise<Result>
  /** The address of the sandbox, which starts for it where it does not run yet. */
  sandboxUrl(): Promise<string>
  /** Lets what is in flight end, breaks it off when that takes too long, records it; a worker that has not done so within `deadlineMs` is ended by force. */
  close(deadlineMs: number): Promise<void>
}

/**
 * Runs the worker threads: `dispatch`, which sends, and `sandbox`, the gateway for trying things out. Throws `StoreOpenError` when the
 * store does not take what a dead process left to be settled.
 */
export async function openScheduler({
  files,
  storeFile,
  retryPolicy,
  destination,
  interrupted,
  onReport,
}: SchedulerOptions): Promise<Scheduler> {
  let aimed = destination
  let behaviour: SandboxBehaviour =
    destination.kind === 'sandbox' ? destination.behaviour : { latencyMs: 0, errorRate: 0, ratePerSecond: null }
  let dispatch: MessagePort | null = null
  let sandbox: MessagePort | null = null
  let sandboxReady: PromiseWithResolvers<string> | null = null
  const dispatchReady = Promise.withResolvers<void>()
  const dispatchStopped = Promise.withResolvers<void>()
  let deathsBeforeReady = 0
  let isClosing = false
  const health = createSenderHealth({ onReport })

  const log = (level: 'info' | 'warn' | 'error', text: string): void => onReport({ type: 'log', level, text })
  const tell = (message: ToDispatch): void => dispatch?.postMessage(message)
  const tellSandbox = (message: ToSandbox): void => sandbox?.postMessage(message)

  async function aim(): Promise<void> {
    const wanted = aimed
    const { concurrency, timeoutMs, ratePerSecond } = wanted
    const address =
      wanted.kind === 'gateway'
        ? wanted.address
        : ({ kind: 'http', url: await sandboxUrl(), token: 'sandbox' } as const)
    // While the sandbox started, the operator may have chosen another gateway: that one must not be taken back.
    if (wanted === aimed) tell({ type: 'aim', target: { address, concurrency, timeoutMs, ratePerSecond } })
  }

  async function sandboxUrl(): Promise<string> {
    if (sandboxReady === null) {
      sandboxReady = Promise.withResolvers()
      await workers.start('sandbox')
    }
    return sandboxReady.promise
  }

  function onDispatch(message: FromDispatch): void {
    if (message.type === 'ready') {
      dispatchReady.resolve()
      if (!health.isStopped) void aim()
    } else if (message.type === 'stopped') dispatchStopped.resolve()
    else {
      // Of a program that is only starting, its operator is not yet there to be told otherwise.
      if (message.type === 'blocked' && message.blocked !== null)
        dispatchReady.reject(new StoreOpenError(`nothing can be written to ${storeFile}: ${message.blocked.reason}`))
      health.hear(message)
    }
  }

  function onSandbox(message: FromSandbox): void {
    if (message.type !== 'ready') return
    sandboxReady?.resolve(message.url)
    if (aimed.kind === 'sandbox') void aim()
  }

  const workers = await openWorkers({
    files,
    jobs: { dispatch: () => ({ storeFile, retryPolicy, interrupted: interrupted() }), sandbox: () => ({ behaviour }) },
    onStart: (name, port) => {
      if (name === 'dispatch') {
        dispatch = port
        port.on('message', onDispatch)
      } else {
        sandbox = port
        port.on('message', onSandbox)
      }
    },
    onDeath: (name, restartInMs) => {
      if (isClosing) {
        log('error', `worker "${name}" died while the program closed`)
        // It will not say that it has stopped.
        if (name === 'dispatch') dispatchStopped.resolve()
        return
      }
      if (name === 'dispatch') {
        dispatch = null
        deathsBeforeReady += 1
        if (deathsBeforeReady === 3)
          dispatchReady.reject(new Error('the sending worker does not start: scheduler.log says why'))
      } else sandboxReady = Promise.withResolvers()
      log('error', `worker "${name}" died; it starts again in ${restartInMs} ms`)
      if (name === 'dispatch') health.died(restartInMs)
    },
    onError: (name, error) => log('error', `worker "${name}": ${error.stack ?? error.message}`),
  })
  try {
    await workers.start('dispatch')
    await dispatchReady.promise
  } catch (error) {
    health.close()
    tell({ type: 'stop', withinMs: 0 })
    await workers.endAll(endingMs)
    throw error
  }

  return {
    direct(next) {
      aimed = next
      health.mended()
      if (next.kind === 'sandbox') {
        behaviour = next.behaviour
        tellSandbox({ type: 'behave', behaviour })
      }
      void aim()
    },
    wake: () => tell({ type: 'wake' }),
    async ahead(write) {
      tell({ type: 'stand-aside', isWriting: true })
      try {
        return await write()
      } finally {
        tell({ type: 'stand-aside', isWriting: false })
      }
    },
    sandboxUrl,
    async close(deadlineMs) {
      isClosing = true
      tell({ type: 'stop', withinMs: Math.max(0, deadlineMs - recordingMs) })
      const deadline = Promise.withResolvers<void>()
      const timer = setTimeout(deadline.resolve, deadlineMs)
      if (dispatch !== null) await Promise.race([dispatchStopped.promise, deadline.promise])
      clearTimeout(timer)
      health.close()
      tellSandbox({ type: 'stop' })
      await workers.endAll(endingMs)
    },
  }
}
