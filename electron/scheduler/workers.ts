import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { MessageChannel, type MessagePort, Worker, type WorkerOptions } from 'node:worker_threads'
import Bree from 'bree'

/** Folder and extension of the worker entry files. */
export interface JobFiles {
  readonly root: string
  readonly extension: 'ts' | 'js'
}

/** The sources, as they stand beside this file. */
export const sourceJobs: JobFiles = { root: join(import.meta.dirname, 'jobs'), extension: 'ts' }

export interface WorkersOptions {
  readonly files: JobFiles
  /** What each job is told at its start, by name; asked anew at every start. */
  readonly jobs: Readonly<Record<string, () => object>>
  /** A job has started; its port is fresh. */
  readonly onStart: (name: string, port: MessagePort) => void
  /** A job has ended that nobody asked to end. It starts again by itself after `restartInMs`. */
  readonly onDeath: (name: string, restartInMs: number) => void
  readonly onError: (name: string, error: Error) => void
}

export interface Workers {
  start(name: string): Promise<void>
  /** Gives every job `patienceMs` to come to its own end, for which its caller has asked it, and ends by force what has not. Nothing starts again. */
  endAll(patienceMs: number): Promise<void>
}

const firstRestartMs = 100
const longestRestartMs = 30_000
/** A worker that lived this long died of something new. */
const healthyMs = 60_000

/** What we use of Bree; its own types are behind its code. */
interface BreeOfOurs {
  readonly workers: Map<string, Worker>
  createWorker: (filename: string, options: WorkerOptions & { workerData: { job: { name: string } } }) => Worker
  init(): Promise<void>
  run(name: string): Promise<void>
  on(event: 'worker deleted', listener: (name: string) => void): void
}
const BreeOfOurs = Bree as unknown as new (options: object) => BreeOfOurs

/** Worker threads run by Bree, and started again when they die, with growing pauses. */
export async function openWorkers({ files, jobs, onStart, onDeath, onError }: WorkersOptions): Promise<Workers> {
  // V8 frees compiled WebAssembly that one thread has left while another takes it up, and the whole process dies of it (node's stripping of
  // types and undici's parser are WebAssembly). What our few threads leave behind is small.
  setFlagsFromString('--no-wasm-code-gc')
  const wanted = new Set<string>()
  const born = new Map<string, number>()
  const restarts = new Map<string, number>()
  const timers = new Map<string, NodeJS.Timeout>()
  const ports = new Map<string, { readonly port: MessagePort; readonly closed: Promise<void> }>()
  let isEnding = false
  const bree = new BreeOfOurs({
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
  // Bree's own channel knows only its own words, and it hangs on any other: each worker gets a port beside it.
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
  await bree.init()

  const run = async (name: string): Promise<void> => {
    born.set(name, performance.now())
    await bree.run(name)
    const begun = ports.get(name)
    if (begun !== undefined) onStart(name, begun.port)
  }

  bree.on('worker deleted', (name: string) => {
    const ended = ports.get(name)
    ports.delete(name)
    // Its port closes with the thread, behind the last words that are still on their way: those come before the news of its end.
    void ended?.closed.then(() => gone(name))
  })

  function gone(name: string): void {
    if (!wanted.has(name)) return
    const lived = performance.now() - (born.get(name) ?? 0)
    const waitMs = lived > healthyMs ? firstRestartMs : (restarts.get(name) ?? firstRestartMs)
    restarts.set(name, Math.min(waitMs * 2, longestRestartMs))
    onDeath(name, waitMs)
    timers.set(
      name,
      setTimeout(() => void run(name), waitMs),
    )
  }

  /** A thread that is ended by force while it works in native code takes the process with it, so it ends by itself where it can. */
  const end = async (name: string, patienceMs: number): Promise<void> => {
    clearTimeout(timers.get(name))
    const worker = bree.workers.get(name)
    if (worker === undefined) return
    const ended = new Promise((resolve) => worker.once('exit', resolve))
    const patience = setTimeout(() => void worker.terminate(), patienceMs)
    await ended
    clearTimeout(patience)
  }

  return {
    start: async (name) => {
      if (isEnding) return
      wanted.add(name)
      await run(name)
    },
    endAll: async (patienceMs) => {
      isEnding = true
      const names = [...wanted]
      wanted.clear()
      await Promise.all(names.map((name) => end(name, patienceMs)))
    },
  }
}
