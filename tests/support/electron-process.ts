import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test'
import { openApi } from './desktop-api.ts'
import { watchDesktop } from './desktop-control.ts'
import type { DesktopProcess, DesktopRuntime, MainProcess } from './desktop-process.ts'
import { electronHere } from './electron-here.ts'

const project = join(import.meta.dirname, '../..')
const hold = join(import.meta.dirname, 'electron-hold.cjs')

interface HeldProgram {
  heraldMayStart(): void
}

/** Everything after the executable. Chromium's sandbox refuses to work for root, as in most containers. */
const electronArguments = ['-r', hold, project, '--lang=en-US', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]

/** Returns the runtime of the real Electron. Throws if it is not installed. */
export function electronRuntime(environment: NodeJS.ProcessEnv, dataDir: string): DesktopRuntime {
  const here = electronHere()
  if ('missing' in here) throw new Error(`the real Electron cannot run: ${here.missing}`)
  const { executable } = here
  const env = Object.fromEntries(Object.entries(environment).flatMap(([key, value]) => (value ? [[key, value]] : [])))
  // A file survives the process, however it ends.
  const restartFile = join(dataDir, 'restart-requested')
  return {
    link: 'herald://console/',
    async start() {
      rmSync(restartFile, { force: true })
      // Otherwise Playwright disables the sandbox on Linux.
      const app = await electron.launch({
        executablePath: executable,
        args: electronArguments,
        env,
        chromiumSandbox: true,
      })
      try {
        return await attach(app, restartFile)
      } catch (error) {
        app.process().kill('SIGKILL')
        throw error
      }
    },
    async startSecond() {
      const [code] = await once(spawn(executable, electronArguments, { env, stdio: 'ignore' }), 'close')
      return code
    },
  }
}

async function attach(app: ElectronApplication, restartFile: string): Promise<DesktopProcess> {
  // Not `close`: children of a killed process may hold its pipes for a while.
  const ended = once(app.process(), 'exit').then(([code]) => code as number | null)
  const main = mainProcessOf(app)
  await watchDesktop(main)
  await main.evaluate(({ app }, file) => {
    // Electron would start a process that Playwright does not control.
    app.relaunch = () => process.getBuiltinModule('node:fs').writeFileSync(file, '')
    ;(globalThis as unknown as HeldProgram).heraldMayStart()
  }, restartFile)
  // On Windows Playwright starts a shell in between, whose id would be useless.
  const pid = await main.evaluate(() => process.pid, null)
  const page = async (): Promise<Page> => app.windows().at(-1) ?? (await app.firstWindow())
  const client = await openApi(main)
  await (await page()).waitForURL(({ protocol }) => protocol === 'herald:', { waitUntil: 'commit' })
  return {
    ...main,
    pid,
    ended,
    client,
    page,
    wantsRestart: () => existsSync(restartFile),
    crashPage: () =>
      main.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
        null,
      ),
    kill() {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // it has already ended
      }
    },
  }
}

function mainProcessOf(app: ElectronApplication): MainProcess {
  return {
    evaluate: <Result, Given>(act: (...given: never[]) => unknown, given: Given) =>
      app.evaluate(act as never, given as never) as Promise<Result>,
  }
}
