import { join } from 'node:path'
import electronLog from 'electron-log/node'

export interface Log {
  info(text: string): void
  warn(text: string): void
  error(text: string): void
}

export interface Logs {
  /** The program and the requests to it. */
  readonly main: Log
  /** Sending. */
  readonly scheduler: Log
}

const largestFile = 10 * 1024 * 1024

/**
 * The two log files of a data directory, `logs/main.log` and `logs/scheduler.log`; each is moved aside at 10 MB. Lines carry
 * `delivery=`, `message=` and `client=`, never a text, a token or a whole phone.
 */
export function openLogs(dataDir: string): Logs {
  return { main: openLog(dataDir, 'main'), scheduler: openLog(dataDir, 'scheduler') }
}

function openLog(dataDir: string, name: string): Log {
  const logger = electronLog.create({ logId: `${name} ${dataDir}` })
  logger.transports.console.level = false
  logger.transports.file.level = 'info'
  logger.transports.file.maxSize = largestFile
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  logger.transports.file.resolvePathFn = () => join(dataDir, 'logs', `${name}.log`)
  logger.transports.file.format = ({ message }) => [
    `${message.date.toISOString()} ${message.level} ${message.data.map((part) => mask(String(part))).join(' ')}`,
  ]
  return logger
}

/** Hides what must not stand in a file: tokens, and the middle of phones. */
export function mask(text: string): string {
  return text
    .replace(/\b(7\d{3})\d{5}(\d{2})\b/g, '$1*****$2')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '<token>')
    .replace(/Bearer\s+\S+/gi, 'Bearer <token>')
}
