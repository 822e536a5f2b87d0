import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseBackupName } from '#shared/domain/backup-name.ts'
import { defaultDataDirectory } from '../base/data-directory.ts'

export interface WebArguments {
  /** Absolute. */
  readonly dataDir: string
  /** 0 means any free port. */
  readonly port: number
  readonly token: string
  /** The backup to restore before the start: its name, `newest`, or `none` for an empty store. */
  readonly restore: string | undefined
  /** Removes the passphrase of the lock before the start. */
  readonly forgetPassphrase: boolean
}

/** An invalid command line; the message explains what is wrong. */
export class ArgumentError extends Error {}

export const usage = `Usage: npm run web -- [--data-dir DIR] [--port N] [--token T]
  --data-dir DIR  the data directory (the user data directory by default)
  --port N        the port on 127.0.0.1 (8000 by default, 0 for any free port)
  --token T       the access token (random by default)
  --restore NAME  replaces the store by a backup first and keeps the old store (newest: the newest intact backup; none: an empty store)
  --forget-passphrase  removes the passphrase of the lock first`

/** Reads the command line of the web host. Returns null when help is requested. Throws `ArgumentError` when it is invalid. */
export function parseWebArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): WebArguments | null {
  const flags = readFlags(argv)
  if (flags.help === true) return null
  return {
    dataDir: resolve(dataDirOf(flags['data-dir']) ?? defaultDataDirectory(environment)),
    port: portOf(flags.port ?? '8000'),
    token: tokenOf(flags.token) ?? randomBytes(24).toString('base64url'),
    restore: restoreOf(flags.restore),
    forgetPassphrase: flags['forget-passphrase'] === true,
  }
}

function readFlags(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        token: { type: 'string' },
        restore: { type: 'string' },
        'forget-passphrase': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    // The first sentence of parseArgs explains the error; the rest is advice about escaping.
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new ArgumentError(`${reason}.`)
  }
}

function dataDirOf(text: string | undefined): string | undefined {
  if (text === '') throw new ArgumentError('--data-dir must not be empty.')
  return text
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new ArgumentError(`--port must be a whole number from 0 to 65535, not "${text}".`)
  }
  return port
}

function restoreOf(name: string | undefined): string | undefined {
  if (name === undefined || name === 'newest' || name === 'none' || parseBackupName(name) !== null) return name
  throw new ArgumentError(`--restore must be "newest", "none" or the name of a file in backups, not "${name}".`)
}

function tokenOf(text: string | undefined): string | undefined {
  // Only characters that a header can carry, or no request could send the token.
  if (text !== undefined && !/^[\x21-\x7e]+$/.test(text)) {
    throw new ArgumentError('--token must be one word of visible ASCII characters.')
  }
  return text
}
