import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { MessageChannel, type MessagePort, Worker, type WorkerOptions } from 'node:worker_threads'
import Bree from 'bree'

/** Folder and extension of the worker entry files. */
export interface JobFiles {
  readonly root: string
  readonly extension: 'ts' | 'js'
}

/** The sources beside this file. */
export const sourceJobs: JobFiles = { root: join(import.meta.dirname, 'jobs'), extension: 'ts' }

export interface WorkersOptions {
  readonly files: JobFiles
  /** Returns each job's settings, by its name; called at every start. */
  readonly jobs: Readonly<Record<string, () => object>>
  /** A job has started, with a new port. */
  readonly onStart: (name: string, port: MessagePort) => void
  /** A job has ended unexpectedly. It starts again after `restartInMs`. */
  readonly onDeath: (name: string, restartInMs: number) => void
  readonly onError: (name: string, error: Error) => void
}

export interface Workers {
  start(name: string): Promise<void>
  /** Waits up to `graceMs` for every job to end, as its caller has asked it to, and ends the others by force. Nothing starts again. */
  endAll(graceMs: number): Promise<void>
}

const firstRestartMs = 100
const maxRestartMs = 30_000
/** After this uptime (ms) the restart delay starts from the minimum again. */
const healthyMs = 60_000

/** The part of Bree in use; its own types are out of date. */
interface UsedBree {
  readonly workers: Map<string, Worker>
  createWorker: (filename: string, options: WorkerOptions & { workerData: { job: { name: string } } }) => Worker
  init(): Promise<void>
  run(name: string): Promise<void>
  on(event: 'worker deleted', listener: (name: string) => void): void
}
const TypedBree = Bree as unknown as new (options: object) => UsedBree

/** What is known of the jobs while they run. */
interface JobsState {
  /** The jobs that must run. */
  readonly wanted: Set<string>
  readonly startedAt: Map<string, number>
  /** The pause before the next restart, in ms. */
  readonly restartMs: Map<string, number>
  readonly timers: Map<string, NodeJS.Timeout>
  readonly ports: Map<string, { readonly port: MessagePort; readonly closed: Promise<void> }>
  isEnding: boolean
}

/** Runs worker threads by Bree, and starts them again when they die, with growing pauses. */
export async function openWorkers(options: WorkersOptions): Promise<Workers> {
  // V8 frees compiled WebAssembly of one thread while another starts to use it, and the whole process crashes (Node's type
  // stripping and undici's parser are WebAssembly). What our few threads leave behind is small.
  setFlagsFromString('--no-wasm-code-gc')
  const state: JobsState = {
    wanted: new Set(),
    startedAt: new Map(),
    restartMs: new Map(),
    timers: new Map(),
    ports: new Map(),
    isEnding: false,
  }
  const bree = createBree(options, state)
  await bree.init()

  const run = async (name: string): Promise<void> => {
    state.startedAt.set(name, performance.now())
    await bree.run(name)
    const started = state.ports.get(name)
    if (started !== undefined) options.onStart(name, started.port)
  }
  bree.on('worker deleted', (name: string) => {
    const ended = state.ports.get(name)
    state.ports.delete(name)
    // The port closes after its last messages: those are received before the death is reported.
    void ended?.closed.then(() => restartLater(options, state, name, run))
  })
  return {
    start: async (name) => {
      if (state.isEnding) return
      state.wanted.add(name)
      await run(name)
    },
    endAll: async (graceMs) => {
      state.isEnding = true
      const names = [...state.wanted]
      state.wanted.clear()
      await Promise.all(names.map((name) => end(bree, state, name, graceMs)))
    },
  }
}

function createBree({ files, jobs, onError }: WorkersOptions, { ports }: JobsState): UsedBree {
  const bree = new TypedBree({
    root: false,
    jobs: Object.keys(jobs).map((name) => ({
      name,
      path: join(files.root, `${name}.${files.extension}`),
      timeout: false,
    })),
    acceptedExtensions: ['.js', '.ts'],
    defaultExtension: files.extension,
    logger: false,
    errorHandler: (error: Error, { name }: { name: string }) => onError(name, error),
  })
  // Bree's own channel hangs on messages that it does not know, so each worker gets a separate port.
  bree.createWorker = (filename, options) => {
    const { name } = options.workerData.job
    const { port1, port2 } = new MessageChannel()
    ports.set(name, { port: port1, closed: new Promise((resolve) => port1.once('close', resolve)) })
    return new Worker(filename, {
      ...options,
      workerData: { port: port2, settings: jobs[name]?.() },
      transferList: [port2],
    })
  }
  return bree
}

function restartLater(
  { onDeath }: WorkersOptions,
  { wanted, startedAt, restartMs, timers }: JobsState,
  name: string,
  run: (name: string) => Promise<void>,
): void {
  if (!wanted.has(name)) return
  const livedMs = performance.now() - (startedAt.get(name) ?? 0)
  const waitMs = livedMs > healthyMs ? firstRestartMs : (restartMs.get(name) ?? firstRestartMs)
  restartMs.set(name, Math.min(waitMs * 2, maxRestartMs))
  onDeath(name, waitMs)
  timers.set(
    name,
    setTimeout(() => void run(name), waitMs),
  )
}

/** Ends a job. A thread that is terminated inside native code crashes the process, so it is given time to end. */
async function end(bree: UsedBree, { timers }: JobsState, name: string, graceMs: number): Promise<void> {
  clearTimeout(timers.get(name))
  const worker = bree.workers.get(name)
  if (worker === undefined) return
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  const timer = setTimeout(() => void worker.terminate(), graceMs)
  await ended
  clearTimeout(timer)
}
