import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from '@playwright/test'

const project = join(import.meta.dirname, '../..')

/** Where the packager leaves the unpacked program of each system. */
const unpacked: { readonly [platform in NodeJS.Platform]?: readonly string[] } = {
  linux: ['dist/linux-unpacked/herald'],
  win32: ['dist/win-unpacked/Herald.exe'],
  darwin: ['dist/mac-arm64/Herald.app/Contents/MacOS/Herald', 'dist/mac/Herald.app/Contents/MacOS/Herald'],
}

export type PackagedProgram = { readonly executable: string } | { readonly missing: string }

/** The packaged program: the one that `HERALD_PACKAGED` names, which must be there, or what `npm run package` left. */
export function findPackagedProgram(): PackagedProgram {
  const { platform, arch, env } = process
  const named = env.HERALD_PACKAGED
  const screen = platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY
  if (named) {
    if (!existsSync(named)) throw new Error(`HERALD_PACKAGED names ${named}, which is not there`)
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

/** The program gives itself 15 s. */
const closesWithinMs = 30_000

export interface OpenProgram {
  readonly page: Page
  /** Closes it as the operator does; gives back its exit code. */
  close(): Promise<number | null>
}

/**
 * Opens a packaged program and takes hold of its page through Chromium's own port. Playwright's `_electron` needs Node's inspector,
 * which a fuse has shut in everything that is packaged (https://playwright.dev/docs/api/class-electron, known issues), and what is
 * tested here is what is shipped.
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
    if (context === undefined) throw new Error('the program shows nothing')
    const page = context.pages()[0] ?? (await context.waitForEvent('page'))
    return {
      page,
      async close() {
        const exited = once(program, 'exit', { signal: AbortSignal.timeout(closesWithinMs) })
        // On macOS a program outlives its window; a signal is how it is quit from outside.
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

/** Where a started program can be taken hold of, as it says itself; its last words when it ends before. */
async function debuggerOf(program: ChildProcess): Promise<string> {
  if (program.stderr === null) throw new Error('the program has no stderr')
  const words: string[] = []
  for await (const line of createInterface(program.stderr)) {
    words.push(line)
    const address = /^DevTools listening on (ws:\/\/\S+)/.exec(line)?.[1]
    if (address === undefined) continue
    program.stderr.resume() // what nobody reads any more must not fill up
    return address
  }
  throw new Error(`the program did not open:\n${words.slice(-20).join('\n')}`)
}
