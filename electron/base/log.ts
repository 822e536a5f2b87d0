import type { EventEmitter } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs'
import { EOL } from 'node:os'
import { dirname, join } from 'node:path'
import electronLog from 'electron-log/node'
import type { LogName } from '#shared/contract/log.ts'
import { mask } from './mask.ts'
import type { Level } from './trace-line.ts'

export type Log = { readonly [level in Level]: (text: string) => void }

/** A log that also accepts many lines at once, each with its own time and level. */
export interface LinesLog extends Log {
  lines(text: string): void
}

export interface Logs {
  /** The program and the requests to it. */
  readonly main: Log
  /** Sending: each request to the gateway, and each change of status with its reason. */
  readonly scheduler: LinesLog
  /** Calls `listener` on each write to that log. Returns a function that ends the subscription. */
  subscribe(log: LogName, listener: () => void): () => void
}

/** The size at which a file is rotated, and the number of rotated files that are kept. */
export interface LogSize {
  readonly fileBytes: number
  readonly kept: number
}

const mainSize: LogSize = { fileBytes: 10 * 1024 * 1024, kept: 4 }
/** Room for about a million messages. */
const schedulerSize: LogSize = { fileBytes: 20 * 1024 * 1024, kept: 9 }

/**
 * Returns the two logs of a data directory, `logs/main.log` and `logs/scheduler.log`, the same ones on every call. A full file is
 * rotated to `scheduler.1.log`, that one to `scheduler.2.log`, and so on; the last one is deleted. Lines carry `delivery=`, `message=`
 * and `client=`, but no texts, tokens or whole phones. Lines that cannot be written (a full disk) are counted, and the next written line
 * starts with the count. Nothing throws.
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

/** Listeners by log, shared by all openings of the same log. */
const allListeners = new Map<string, Listeners>()

function listenersOf(logId: string): Listeners {
  const listeners = allListeners.get(logId) ?? new Set()
  allListeners.set(logId, listeners)
  return listeners
}

/** Complete lines, written without a prefix. */
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
    // electron-log adds the line end.
    if (first instanceof Lines) return [losses.before(date) + withSystemLineEnds(mask(first.text.trimEnd()))]
    const text = data.map((part: unknown) => mask(String(part))).join(' ')
    return [`${losses.before(date)}${date.toISOString()} ${level} ${text}`]
  }
  const losses = countLosses(path(0), file)
  // If the hook throws, electron-log skips the line, which has been counted.
  logger.hooks.push((message, transport) => {
    if (transport === file) losses.prepare()
    return message
  })
  file.archiveLogFn = (full) => {
    try {
      rmSync(path(kept), { force: true })
      for (let age = kept - 1; age >= 0; age -= 1) if (existsSync(path(age))) renameSync(path(age), path(age + 1))
    } catch {
      // On Windows a file that is open elsewhere cannot be renamed. Losing old lines is better than filling the disk.
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

/** Uses the operating system's line ends throughout, as electron-log does. */
const withSystemLineEnds = (lines: string): string => (EOL === '\n' ? lines : lines.replaceAll(/\r?\n/g, EOL))

type FileTransport = ReturnType<typeof electronLog.create>['transports']['file']

/**
 * Keeps a log intact when lines cannot be written. electron-log alone would report each failure on the console, leave partial lines,
 * and never retry to create the file.
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
      // electron-log counts only bytes that were written completely.
      if (watched !== null && statSync(path).size > watched.size) truncateSync(path, watched.size)
    } catch {
      // A partial line is acceptable if the file cannot be truncated.
    }
  }

  return {
    /** Creates the file. Throws if that fails. */
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
    /** Returns the prefix of the next line: how many entries before it were lost, if any. */
    before(date: Date): string {
      if (!failed) lost = 0
      failed = false
      return lost === 0 ? '' : `${date.toISOString()} warn ${lost} entries before this one could not be written${EOL}`
    },
  }
}
