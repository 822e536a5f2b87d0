import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** A disk that a test can fill to its last byte. */
export interface SmallDisk {
  readonly folder: string
  /** Fills the free space. */
  fill(): void
  /** Frees the space. */
  makeRoom(): void
  remove(): void
}

/** Mounts a disk of this size in memory, or returns why it cannot. Needs root, or `sudo` without a password. */
export function makeSmallDisk(megabytes: number): SmallDisk | string {
  if (process.platform !== 'linux') return `a small disk needs Linux, and this is ${process.platform}`
  const folder = mkdtempSync(join(tmpdir(), 'herald-disk-'))
  const asRoot = withPrivileges(['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=1777`, 'tmpfs', folder])
  if (asRoot === null) {
    rmdirSync(folder)
    return 'a small disk must be mounted, which takes root or sudo with no password'
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a')
      try {
        const page = Buffer.alloc(4096)
        for (;;) writeSync(file, page)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      } finally {
        closeSync(file)
      }
    },
    makeRoom: () => rmSync(ballast, { force: true }),
    remove() {
      asRoot(['umount', folder])
      rmdirSync(folder)
    },
  }
}

/** Runs a command directly or with `sudo`, and returns the function that worked; null if both fail. */
function withPrivileges(command: readonly string[]): ((command: readonly string[]) => void) | null {
  for (const prefix of [[], ['sudo', '-n']]) {
    const run = (words: readonly string[]): void => {
      const [file = '', ...rest] = [...prefix, ...words]
      execFileSync(file, rest, { stdio: 'pipe' })
    }
    try {
      run(command)
      return run
    } catch {
      // Try the next prefix.
    }
  }
  return null
}
