import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controlDesktop, quitForGood } from './desktop-control.ts'
import type { DesktopProgram } from './desktop-program.ts'
import { electronHere } from './electron-here.ts'
import { type ElectronProcess, electronArguments, startElectronProcess } from './electron-process.ts'
import type { MainProcess } from './main-process.ts'
import { removeFolder } from './remove-folder.ts'
import type { SavedFile } from './saved-file.ts'
import { withPanel } from './with-panel.ts'

export interface ElectronProgram extends DesktopProgram {
  /** Does what makes the program offer a file, and takes it in place of the system's dialog. */
  save(act: () => Promise<void>): Promise<SavedFile>
}

/**
 * Starts the built program on the real Electron, as it is installed but for its data directory. Each start is another process with
 * another window: whoever goes on after one asks `desktop` for its page again.
 */
export async function startElectronProgram(gateway: {
  readonly url: string
  readonly token: string
}): Promise<ElectronProgram> {
  const here = electronHere()
  if ('missing' in here) throw new Error(`the real Electron cannot run: ${here.missing}`)
  const { executable } = here
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-electron-'))
  const { ELECTRON_RUN_AS_NODE: _, ELECTRON_RENDERER_URL: __, ...inherited } = process.env
  const env = {
    ...Object.fromEntries(Object.entries(inherited).flatMap(([key, value]) => (value ? [[key, value]] : []))),
    // A screen without a window manager has no panel either, and without one no window is hidden.
    ...(process.platform === 'linux' ? { PATH: withPanel(inherited.PATH) } : {}),
    HERALD_DATA_DIR: dataDir,
    HERALD_GATEWAY_URL: gateway.url,
    HERALD_GATEWAY_TOKEN: gateway.token,
  }
  const wish = join(dataDir, 'begin-anew')
  let running: ElectronProcess
  let opening = Promise.resolve()

  function start(): Promise<void> {
    opening = startElectronProcess(executable, env, wish).then((begun) => {
      running = begun
      void begun.ended.then(() => {
        // At once, so that whoever asks for the page waits for it, and hears of a failure.
        if (existsSync(wish)) opening = beginAnew()
        opening.catch(() => undefined)
      })
    })
    return opening
  }

  /** In Electron's place: what its process wished before it ended. */
  async function beginAnew(): Promise<void> {
    await rm(wish)
    await start()
  }

  await start()
  const desktop = controlDesktop({
    get pid() {
      return running.pid
    },
    ended: () => running.ended,
    evaluate: (act, given) => running.evaluate(act, given),
    async page() {
      await opening
      return running.page()
    },
    crashPage: () =>
      running.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
        null,
      ),
    async startSecond() {
      const [code] = await once(spawn(executable, electronArguments, { env, stdio: 'ignore' }), 'close')
      return code
    },
  })
  const notHere = (what: string) => (): never => {
    throw new Error(`on the real Electron ${what} is not told`)
  }
  return {
    link: 'herald://console/',
    dataDir,
    get pid() {
      return running.pid
    },
    get client() {
      return running.client
    },
    desktop,
    save: (act) => save(running, join(dataDir, 'saved'), act),
    async stop() {
      const code = await quitForGood(desktop)
      if (code !== 0) throw new Error(`the program ended with code ${code} when it was asked to quit`)
    },
    kill: () => running.kill(),
    killSender: notHere('the death of a worker'),
    startAgain: start,
    killWhileStarting: notHere('a start that is broken off'),
    async remove() {
      await opening.catch(() => undefined) // the story has failed by it already
      await running.kill()
      await removeFolder(dataDir)
    },
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
