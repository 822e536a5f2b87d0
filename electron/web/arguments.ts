import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseBackupName } from '#shared/domain/backup-name.ts'
import { defaultDataDirectory } from '../base/data-directory.ts'

export interface WebArguments {
  /** Absolute. */
  readonly dataDir: string
  /** 0 takes any free port. */
  readonly port: number
  readonly token: string
  /** The name of a backup that is to take the store's place first, `newest`, or `none` for an empty store. */
  readonly restore: string | undefined
  /** Takes the passphrase of the lock away first. */
  readonly forgetPassphrase: boolean
}

/** Says in words what is wrong with the command line. */
export class ArgumentError extends Error {}

export const usage = `Usage: npm run web -- [--data-dir DIR] [--port N] [--token T]
  --data-dir DIR  where the store lives (the user data directory unless given)
  --port N        port on 127.0.0.1 (8000 unless given, 0 for any free one)
  --token T       what opens the door (a random one unless given)
  --restore NAME  puts a backup in the store's place first, and the store aside (newest: the newest whole one; none: an empty store)
  --forget-passphrase  takes the passphrase of the lock away first`

/** Reads the command line of the web door; null when help was asked for. Throws `ArgumentError`. */
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
    // parseArgs explains itself in its first sentence; what follows is advice about escaping.
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
  // Only what may stand in a header: anything else could never be sent back to us.
  if (text !== undefined && !/^[\x21-\x7e]+$/.test(text)) {
    throw new ArgumentError('--token must be one word of visible ASCII characters.')
  }
  return text
}
