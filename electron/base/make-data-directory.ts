import { accessSync, chmodSync, constants, mkdirSync, readdirSync, type Stats, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CodedError } from '#shared/errors/coded-error.ts'

/** A path that cannot be a data directory. */
export class DataDirectoryError extends CodedError {}

/**
 * Creates a data directory and its parents with access for the owner only, since it holds phones and texts. Restricts the access of
 * an existing one. Throws `DataDirectoryError`. Synchronous, since Electron needs its folders before it is ready.
 */
export function makeDataDirectory(dataDir: string): void {
  const missing: string[] = []
  let existing = resolve(dataDir)
  let found = statOrNull(existing)
  for (; found === null && dirname(existing) !== existing; found = statOrNull(existing)) {
    missing.push(existing)
    existing = dirname(existing)
  }
  if (found === null) throw unwritable(existing, null)
  if (!found.isDirectory()) throw new DataDirectoryError({ code: 'directory_is_file', params: { path: existing } })
  try {
    accessSync(existing, constants.R_OK | constants.W_OK | constants.X_OK)
    // One by one: Node's recursive mode loops forever if the system denies that an existing parent exists (/proc).
    for (const folder of missing.reverse()) makeFolder(folder)
    if (missing.length === 0) restrictAccess(existing, found)
  } catch (error) {
    throw unwritable(existing, error)
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process created it.
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

/** Returns null if the path does not exist or cannot be read. */
function statOrNull(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** Removes other users' access from a directory that is Herald's: one that is empty or holds a store. */
function restrictAccess(dataDir: string, { mode }: Stats): void {
  const entries = readdirSync(dataDir)
  if (entries.includes('herald.db')) {
    for (const name of entries.filter((entry) => /^(herald|owner)\.db(-\w+)?$/.test(entry)))
      restrictMode(join(dataDir, name), 0o600)
    for (const name of entries.filter((entry) => ['logs', 'backups'].includes(entry)))
      restrictMode(join(dataDir, name), 0o700)
  } else if (entries.length > 0) return
  // The sticky bit marks a shared directory, such as /tmp.
  if ((mode & 0o1000) === 0) restrictMode(dataDir, 0o700)
}

function restrictMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode)
  } catch (error) {
    // The directory belongs to another user, who decides about access.
    if (codeOf(error) !== 'EPERM') throw error
  }
}

function unwritable(folder: string, cause: unknown): DataDirectoryError {
  return new DataDirectoryError(
    { code: 'directory_unwritable', params: { path: folder, cause: codeOf(cause) } },
    { cause },
  )
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
