import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, _electron as electron } from '@playwright/test'
import { openApi } from './desktop-api.ts'
import { controlDesktop, watchDesktop } from './desktop-control.ts'
import type { DesktopProgram } from './desktop-program.ts'
import { electronHere } from './electron-here.ts'
import type { MainProcess } from './main-process.ts'
import { removeFolder } from './remove-folder.ts'
import type { SavedFile } from './saved-file.ts'

const project = join(import.meta.dirname, '../..')

export interface ElectronProgram extends DesktopProgram {
  /** Does what makes the program offer a file, and takes it in place of the system's dialog. */
  save(act: () => Promise<void>): Promise<SavedFile>
}

/**
 * Starts the built program on the real Electron, as it is installed but for its data directory. It stands for one start: what restarts it
 * is told through the other doors, since the window that comes then is another one.
 */
export async function startElectronProgram(gateway: {
  readonly url: string
  readonly token: string
}): Promise<ElectronProgram> {
  const here = electronHere()
  if ('missing' in here) throw new Error(`the real Electron cannot run: ${here.missing}`)
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-electron-'))
  const { ELECTRON_RUN_AS_NODE: _, ELECTRON_RENDERER_URL: __, ...inherited } = process.env
  const env = {
    ...Object.fromEntries(Object.entries(inherited).flatMap(([key, value]) => (value ? [[key, value]] : []))),
    HERALD_DATA_DIR: dataDir,
    HERALD_GATEWAY_URL: gateway.url,
    HERALD_GATEWAY_TOKEN: gateway.token,
  }
  // Chromium's sandbox refuses to work for root, as in most containers.
  const args = [project, '--lang=en-US', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const app = await electron.launch({ executablePath: here.executable, args, env })
  const child = app.process()
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const main = mainProcessOf(app)
  await watchDesktop(main)
  const client = await openApi(main)
  const desktop = controlDesktop({
    pid: child.pid ?? 0,
    ended: () => ended,
    evaluate: main.evaluate,
    page: async () => app.windows().at(-1) ?? (await app.firstWindow()),
    crashPage: () =>
      main.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
        null,
      ),
    async startSecond() {
      const [code] = await once(spawn(here.executable, args, { env, stdio: 'ignore' }), 'close')
      return code
    },
  })
  async function kill(): Promise<void> {
    child.kill('SIGKILL')
    await ended
  }
  const notHere = (what: string) => (): never => {
    throw new Error(`on the real Electron ${what} is not told`)
  }
  return {
    link: 'herald://console/',
    dataDir,
    pid: child.pid ?? 0,
    client,
    desktop,
    save: (act) => save(main, join(dataDir, 'saved'), act),
    async stop() {
      await desktop.quit()
      const code = await ended
      if (code !== 0) throw new Error(`the program ended with code ${code} when it was asked to quit`)
    },
    kill,
    killSender: notHere('the death of a worker'),
    startAgain: notHere('a new start'),
    killWhileStarting: notHere('a new start'),
    async remove() {
      await kill()
      await removeFolder(dataDir)
    },
  }
}

function mainProcessOf(app: ElectronApplication): MainProcess {
  return {
    evaluate: <Result, Given>(act: (...given: never[]) => unknown, given: Given) =>
      app.evaluate(act as never, given as never) as Promise<Result>,
  }
}

/** Electron would ask the system where to put a file; here it goes to a path that the test reads. */
async function save(main: MainProcess, path: string, act: () => Promise<void>): Promise<SavedFile> {
  await main.evaluate(({ session }, path) => {
    const name = new Promise<string>((resolve, reject) => {
      session.defaultSession.once('will-download', (_event, item) => {
        item.setSavePath(path)
        item.once('done', (_done, state) =>
          state === 'completed' ? resolve(item.getFilename()) : reject(new Error(`the file was not saved: ${state}`)),
        )
      })
    })
    Object.assign(globalThis, { heraldSaved: name })
  }, path)
  await act()
  const name = await main.evaluate(() => (globalThis as unknown as { heraldSaved: Promise<string> }).heraldSaved, null)
  return { name, bytes: await readFile(path) }
}
