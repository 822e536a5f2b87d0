import { once } from 'node:events'
import { join } from 'node:path'
import type { ContractRouterClient } from '@orpc/contract'
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test'
import type { Contract } from '#shared/contract/index.ts'
import { openApi } from './desktop-api.ts'
import { watchDesktop } from './desktop-control.ts'
import type { MainProcess } from './main-process.ts'

const project = join(import.meta.dirname, '../..')
const hold = join(import.meta.dirname, 'electron-hold.cjs')

/** One process of the built program on the real Electron; its windows go with it. */
export interface ElectronProcess extends MainProcess {
  readonly pid: number
  /** Its exit code, once it has ended; null where it was killed. */
  readonly ended: Promise<number | null>
  /** The contract, called as the process's window calls it. */
  readonly client: ContractRouterClient<Contract>
  page(): Promise<Page>
  kill(): Promise<void>
}

interface Held {
  heraldMayStart(): void
}

/** Everything behind the executable. Chromium's sandbox refuses to work for root, as in most containers. */
export const electronArguments = [
  '-r',
  hold,
  project,
  '--lang=en-US',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/** Starts a process; resolves once its window shows the console's address. Where it wants to be started anew it leaves the file `wish`. */
export async function startElectronProcess(
  executablePath: string,
  env: Record<string, string>,
  wish: string,
): Promise<ElectronProcess> {
  // Unless it is told so, Playwright takes the sandbox away from everybody on Linux.
  const app = await electron.launch({ executablePath, args: electronArguments, env, chromiumSandbox: true })
  // Not `close`: what a killed process leaves behind may hold its pipes for a while.
  const ended = once(app.process(), 'exit').then(([code]) => code as number | null)
  try {
    return await takeHold(app, ended, wish)
  } catch (error) {
    app.process().kill('SIGKILL')
    throw error
  }
}

async function takeHold(
  app: ElectronApplication,
  ended: Promise<number | null>,
  wish: string,
): Promise<ElectronProcess> {
  const main = mainProcessOf(app)
  await watchDesktop(main)
  await main.evaluate(({ app }, wish) => {
    // Electron would start a process that Playwright does not hold. A file outlives this one, whenever and however it ends.
    app.relaunch = () => process.getBuiltinModule('node:fs').writeFileSync(wish, '')
    ;(globalThis as unknown as Held).heraldMayStart()
  }, wish)
  // On Windows Playwright puts a shell in between, whose number would be of no use.
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
    async kill() {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // it has ended already
      }
      await ended
    },
  }
}

function mainProcessOf(app: ElectronApplication): MainProcess {
  return {
    evaluate: <Result, Given>(act: (...given: never[]) => unknown, given: Given) =>
      app.evaluate(act as never, given as never) as Promise<Result>,
  }
}
