import { accessSync, chmodSync, constants, mkdirSync, readdirSync, type Stats, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** A place that cannot be a data directory. The message is in words, with the remedy. */
export class DataDirectoryError extends Error {}

/**
 * Makes a data directory, its parents too, for the owner alone, and shuts off one of ours that stood open: phones and texts
 * stand in it. Throws `DataDirectoryError`. Sync, since Electron must know its folders before it is ready.
 */
export function makeDataDirectory(dataDir: string): void {
  const missing: string[] = []
  let there = resolve(dataDir)
  let found = look(there)
  for (; found === null && dirname(there) !== there; found = look(there)) {
    missing.push(there)
    there = dirname(there)
  }
  if (found === null) throw unwritable(there, null)
  if (!found.isDirectory())
    throw new DataDirectoryError(`${there} is a file, not a directory: choose another data directory`)
  try {
    accessSync(there, constants.R_OK | constants.W_OK | constants.X_OK)
    // One by one: Node's own recursive way never ends where the system says that a parent is not there although it is (/proc).
    for (const folder of missing.reverse()) makeFolder(folder)
    if (missing.length === 0) shutOff(there, found)
  } catch (error) {
    throw unwritable(there, error)
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Somebody was quicker.
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

/** Null when nothing is there, or it cannot be seen. */
function look(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** Takes what others may do away from a directory that is ours: one that is empty, or holds a store. */
function shutOff(dataDir: string, { mode }: Stats): void {
  const entries = readdirSync(dataDir)
  if (entries.includes('herald.db')) {
    for (const name of entries.filter((entry) => /^(herald|owner)\.db(-\w+)?$/.test(entry)))
      narrow(join(dataDir, name), 0o600)
    for (const name of entries.filter((entry) => ['logs', 'backups'].includes(entry)))
      narrow(join(dataDir, name), 0o700)
  } else if (entries.length > 0) return
  // A sticky bit marks a place that is everybody's, such as /tmp.
  if ((mode & 0o1000) === 0) narrow(dataDir, 0o700)
}

function narrow(path: string, mode: number): void {
  try {
    chmodSync(path, mode)
  } catch (error) {
    // Another's directory that we may write in: theirs to shut.
    if (codeOf(error) !== 'EPERM') throw error
  }
}

function unwritable(there: string, cause: unknown): DataDirectoryError {
  const reason = codeOf(cause)
  return new DataDirectoryError(
    `nothing can be written in ${there}: choose another data directory, or get leave to write there${reason === null ? '' : ` (${reason})`}`,
    { cause },
  )
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
