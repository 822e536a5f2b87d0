import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** A disk that a test can fill to its last byte. */
export interface SmallDisk {
  readonly folder: string
  /** Takes all room that is left. */
  fill(): void
  /** Gives it back. */
  makeRoom(): void
  remove(): void
}

/** Makes a disk of this size, in memory; or says in words why there can be none here. It takes leave to mount, or `sudo` with no password. */
export function makeSmallDisk(megabytes: number): SmallDisk | string {
  if (process.platform !== 'linux') return `a small disk needs Linux, and this is ${process.platform}`
  const folder = mkdtempSync(join(tmpdir(), 'herald-disk-'))
  const asRoot = asWhom(['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=1777`, 'tmpfs', folder])
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

/** Runs a command as whoever may, and gives back how; null when nobody may. */
function asWhom(command: readonly string[]): ((command: readonly string[]) => void) | null {
  for (const prefix of [[], ['sudo', '-n']]) {
    const run = (words: readonly string[]): void => {
      const [file = '', ...rest] = [...prefix, ...words]
      execFileSync(file, rest, { stdio: 'pipe' })
    }
    try {
      run(command)
      return run
    } catch {
      // The next may.
    }
  }
  return null
}
