import type { EventEmitter } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs'
import { EOL } from 'node:os'
import { dirname, join } from 'node:path'
import electronLog from 'electron-log/node'
import type { LogName } from '#shared/contract/log.ts'
import { mask } from './mask.ts'
import type { Level } from './trace-line.ts'

export type Log = { readonly [level in Level]: (text: string) => void }

/** A log that also takes lines which carry their own moment and level, many at once. */
export interface LinesLog extends Log {
  lines(text: string): void
}

export interface Logs {
  /** The program and the requests to it. */
  readonly main: Log
  /** Sending: each request to the gateway, and each change of state with its reason. */
  readonly scheduler: LinesLog
  /** Calls `listener` after each writing into that log; gives back how to stop that. */
  subscribe(log: LogName, listener: () => void): () => void
}

/** How large a file may grow before it is moved aside, and how many of those are kept. */
export interface LogSize {
  readonly fileBytes: number
  readonly kept: number
}

const mainSize: LogSize = { fileBytes: 10 * 1024 * 1024, kept: 4 }
/** The story of some million messages. */
const schedulerSize: LogSize = { fileBytes: 20 * 1024 * 1024, kept: 9 }

/**
 * The two logs of a data directory, `logs/main.log` and `logs/scheduler.log`. A file that is full becomes `scheduler.1.log`, that one
 * `scheduler.2.log`, and so on until the last is dropped. Lines carry `delivery=`, `message=` and `client=`, never a text, a token or a
 * whole phone. What cannot be written (a full disk) is counted, never thrown; the count stands before the next line that can. Asked again for the same directory it gives the same logs.
 */
export function openLogs(dataDir: string, size: LogSize = schedulerSize): Logs {
  const [program, sending] = [listenersOf(`main ${dataDir}`), listenersOf(`scheduler ${dataDir}`)]
  return {
    main: openLog(dataDir, 'main', mainSize, program),
    scheduler: openLog(dataDir, 'scheduler', size, sending),
    subscribe(log, listener) {
      const listeners = log === 'sending' ? sending : program
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

type Listeners = Set<() => void>

/** The same log has the same listeners, however often it is opened. */
const allListeners = new Map<string, Listeners>()

function listenersOf(logId: string): Listeners {
  const listeners = allListeners.get(logId) ?? new Set()
  allListeners.set(logId, listeners)
  return listeners
}

/** Lines that are complete as they stand. */
class Lines {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

function openLog(dataDir: string, name: string, { fileBytes, kept }: LogSize, listeners: Listeners): LinesLog {
  const logger = electronLog.create({ logId: `${name} ${dataDir}` })
  const { file } = logger.transports
  const path = (age: number): string => join(dataDir, 'logs', age === 0 ? `${name}.log` : `${name}.${age}.log`)
  logger.transports.console.level = false
  file.level = 'info'
  file.maxSize = fileBytes
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  file.resolvePathFn = () => path(0)
  file.format = ({ message: { data, date, level } }) => {
    for (const listener of listeners) listener()
    const [first] = data
    // The file ends each of its lines itself.
    if (first instanceof Lines) return [losses.before(date) + inOneKind(mask(first.text.trimEnd()))]
    const text = data.map((part: unknown) => mask(String(part))).join(' ')
    return [`${losses.before(date)}${date.toISOString()} ${level} ${text}`]
  }
  const losses = countLosses(path(0), file)
  // A hook that throws loses its line, which it has counted.
  logger.hooks.push((message, transport) => {
    if (transport === file) losses.prepare()
    return message
  })
  file.archiveLogFn = (full) => {
    try {
      rmSync(path(kept), { force: true })
      for (let age = kept - 1; age >= 0; age -= 1) if (existsSync(path(age))) renameSync(path(age), path(age + 1))
    } catch {
      // Somebody has one of them open, and Windows then keeps its name: better to lose old lines than to fill the disk.
      full.clear()
    }
  }
  return {
    info: logger.info,
    warn: logger.warn,
    error: logger.error,
    lines: (text) => logger.info(new Lines(text)),
  }
}

/** With the line ends that the file puts behind each writing. */
const inOneKind = (lines: string): string => (EOL === '\n' ? lines : lines.replaceAll(/\r?\n/g, EOL))

type FileTransport = ReturnType<typeof electronLog.create>['transports']['file']

/**
 * Keeps a log whole where lines cannot be written. electron-log itself would say so on the console for each of them, leave half a line
 * before the next, and never come back to a file that could not be made at first.
 */
function countLosses(path: string, file: FileTransport) {
  let watched: ReturnType<FileTransport['getFile']> | null = null
  let lost = 0
  let failed = false

  function lose(): void {
    lost += 1
    failed = true
  }

  function onError(): void {
    lose()
    try {
      // Its size is that of what was written whole.
      if (watched !== null && statSync(path).size > watched.size) truncateSync(path, watched.size)
    } catch {
      // Whatever keeps us from it, half a line is no reason to end.
    }
  }

  return {
    /** Makes the file ready before anything is written. Throws when it cannot be made. */
    prepare(): void {
      if (watched !== null) return
      try {
        mkdirSync(dirname(path), { recursive: true })
        appendFileSync(path, '', { mode: 0o600 })
      } catch (error) {
        lose()
        throw error
      }
      const written = file.getFile() as ReturnType<FileTransport['getFile']> & Pick<EventEmitter, 'removeAllListeners'>
      written.removeAllListeners('error').on('error', onError)
      watched = written
    },
    /** What stands before a line: how many before it are missing. */
    before(date: Date): string {
      if (!failed) lost = 0
      failed = false
      return lost === 0 ? '' : `${date.toISOString()} warn ${lost} entries before this one could not be written${EOL}`
    },
  }
}
