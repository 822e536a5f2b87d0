import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from '@playwright/test'

const project = join(import.meta.dirname, '../..')

/** The packager's output for each system. */
const unpacked: { readonly [platform in NodeJS.Platform]?: readonly string[] } = {
  linux: ['dist/linux-unpacked/herald'],
  win32: ['dist/win-unpacked/Herald.exe'],
  darwin: ['dist/mac-arm64/Herald.app/Contents/MacOS/Herald', 'dist/mac/Herald.app/Contents/MacOS/Herald'],
}

export type PackagedProgram = { readonly executable: string } | { readonly missing: string }

/** Returns the packaged program: the one that `HERALD_PACKAGED` names, which must exist, or the output of `npm run package`. */
export function findPackagedProgram(): PackagedProgram {
  const { platform, arch, env } = process
  const named = env.HERALD_PACKAGED
  const screen = platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY
  if (named) {
    if (!existsSync(named)) throw new Error(`HERALD_PACKAGED names ${named}, which does not exist`)
    if (!screen) throw new Error('HERALD_PACKAGED names a program, but there is no screen to open it on')
    return { executable: named }
  }
  const executable = (unpacked[platform] ?? [])
    .filter((path) => !path.includes('arm64') || arch === 'arm64')
    .map((path) => join(project, path))
    .find((path) => existsSync(path))
  if (executable === undefined) return { missing: 'nothing is packaged (npm run package -- --dir)' }
  return screen ? { executable } : { missing: 'there is no screen' }
}

/** The file of a packaged program that holds its fuses. */
export function fuseFileOf(executable: string): string {
  return process.platform === 'darwin'
    ? join(executable, '../../Frameworks/Electron Framework.framework/Electron Framework')
    : executable
}

/** The program's own limit is 15 s. */
const closesWithinMs = 30_000

export interface OpenProgram {
  readonly page: Page
  /** Closes it as the user does; returns its exit code. */
  close(): Promise<number | null>
}

/**
 * Opens a packaged program and connects to its page through Chromium's debugging port. Playwright's `_electron` needs
 * Node's inspector, which a fuse disables in packaged programs (https://playwright.dev/docs/api/class-electron).
 */
export async function openPackaged(executable: string, dataDir: string): Promise<OpenProgram> {
  // Chromium's sandbox refuses to work for root, as in most containers.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const { ELECTRON_RUN_AS_NODE: _, ELECTRON_RENDERER_URL: __, ...env } = process.env
  const program = spawn(executable, ['--remote-debugging-port=0', '--lang=en-US', ...asRoot], {
    env: { ...env, HERALD_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    const browser = await chromium.connectOverCDP(await debuggerOf(program))
    const context = browser.contexts()[0]
    if (context === undefined) throw new Error('the program has no window')
    const page = context.pages()[0] ?? (await context.waitForEvent('page'))
    return {
      page,
      async close() {
        const exited = once(program, 'exit', { signal: AbortSignal.timeout(closesWithinMs) })
        // On macOS a program outlives its window; a signal quits it.
        if (process.platform === 'darwin') program.kill('SIGTERM')
        else await page.evaluate('window.close()').catch(() => undefined) // the page goes before it can answer
        try {
          const [code] = await exited
          return code
        } catch {
          program.kill('SIGKILL')
          throw new Error(`the program did not close within ${closesWithinMs} ms`)
        }
      },
    }
  } catch (error) {
    program.kill('SIGKILL')
    throw error
  }
}

/** Returns the debugging address that the program prints; throws its last output if it ends before. */
async function debuggerOf(program: ChildProcess): Promise<string> {
  if (program.stderr === null) throw new Error('the program has no stderr')
  const lines: string[] = []
  for await (const line of createInterface(program.stderr)) {
    lines.push(line)
    const address = /^DevTools listening on (ws:\/\/\S+)/.exec(line)?.[1]
    if (address === undefined) continue
    program.stderr.resume() // an unread pipe would fill up
    return address
  }
  throw new Error(`the program did not open:\n${lines.slice(-20).join('\n')}`)
}
