import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { BrowserContext } from '@playwright/test'
import { controlDesktop, type Desktop, quitForGood } from './desktop-control.ts'
import type { DesktopProcess, DesktopRuntime, MainProcess } from './desktop-process.ts'
import { electronRuntime } from './electron-process.ts'
import { removeFolder } from './remove-folder.ts'
import { standInRuntime } from './stand-in-process.ts'
import type { WebProgram, WebProgramOptions } from './web-program.ts'
import { withPanel } from './with-panel.ts'

export interface DesktopProgramOptions extends WebProgramOptions {
  /** Whether the machine has a keyring. Default: true. */
  readonly keyring?: boolean
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>
}

/** The built desktop program; it is used like the web host's. It has no mortal workers. */
export interface DesktopProgram extends WebProgram {
  readonly desktop: Desktop
  /** The main process that is running now. */
  readonly main: MainProcess
}

/** Starts the program on the stand-in for Electron; its window is a page of `context`. */
export async function startOnStandIn(
  context: BrowserContext,
  options: DesktopProgramOptions = {},
): Promise<DesktopProgram> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'herald-e2e-')))
  const keyring = options.keyring === false ? 'none' : randomBytes(32).toString('hex')
  const environment = { ...environmentOf(dataDir, options), HERALD_STAND_IN_KEYRING: keyring }
  return launch(await standInRuntime(context, environment), dataDir, options)
}

/**
 * Starts the program on the real Electron. Each start is another process with another window, so a test asks `desktop`
 * for the page after each.
 */
export async function startOnElectron(options: DesktopProgramOptions): Promise<DesktopProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-electron-'))
  const { ELECTRON_RUN_AS_NODE: _, ELECTRON_RENDERER_URL: __, ...environment } = environmentOf(dataDir, options)
  return launch(electronRuntime(environment, dataDir), dataDir, options)
}

function environmentOf(dataDir: string, { gateway, environment }: DesktopProgramOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...environment,
    // A test machine seldom has a panel, and without one no window is hidden.
    PATH: withPanel(process.env.PATH),
    HERALD_DATA_DIR: dataDir,
    HERALD_GATEWAY_URL: gateway?.url ?? '',
    HERALD_GATEWAY_TOKEN: gateway?.token ?? '',
  }
}

async function launch(
  runtime: DesktopRuntime,
  dataDir: string,
  { dataDir: given, mortal }: DesktopProgramOptions,
): Promise<DesktopProgram> {
  if (mortal !== undefined) throw new Error('the desktop program has no mortal workers')
  const program = new LaunchedProgram(runtime, dataDir, given === undefined)
  await program.startAgain()
  return program
}

class LaunchedProgram implements DesktopProgram {
  readonly link: string
  readonly dataDir: string
  readonly desktop: Desktop
  readonly #runtime: DesktopRuntime
  readonly #isTemporary: boolean
  #process: DesktopProcess | null = null
  #opening: Promise<void> = Promise.resolve()

  constructor(runtime: DesktopRuntime, dataDir: string, isTemporary: boolean) {
    this.link = runtime.link
    this.dataDir = dataDir
    this.#runtime = runtime
    this.#isTemporary = isTemporary
    const running = () => this.#running
    this.desktop = controlDesktop({
      get pid() {
        return running().pid
      },
      ended: () => running().ended,
      evaluate: (act, given) => running().evaluate(act, given),
      page: async () => {
        await this.#opening
        return running().page()
      },
      crashPage: () => running().crashPage(),
      startSecond: () => runtime.startSecond(),
    })
  }

  get main(): MainProcess {
    return this.#running
  }

  get pid(): number {
    return this.#running.pid
  }

  get client() {
    return this.#running.client
  }

  startAgain(): Promise<void> {
    this.#opening = this.#runtime.start().then((process) => {
      this.#process = process
      void process.ended.then(() => {
        // In Electron's place. A failure is reported to the next call of `page`.
        if (process.wantsRestart()) this.startAgain().catch(() => undefined)
      })
    })
    return this.#opening
  }

  async stop(): Promise<void> {
    const code = await quitForGood(this.desktop)
    if (code !== 0) throw new Error(`the program ended with code ${code}`)
  }

  async kill(): Promise<void> {
    const process = this.#running
    process.kill()
    await process.ended
  }

  killSender(): never {
    throw new Error('the desktop program has no mortal workers')
  }

  async killWhileStarting(afterMs: number): Promise<boolean> {
    const started = this.startAgain()
    const isReady = await Promise.race([
      started.then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, afterMs, false)),
    ])
    await started
    await this.kill()
    return isReady
  }

  async remove(): Promise<void> {
    await this.#opening.catch(() => undefined) // the test has already failed because of it
    this.#process?.kill()
    await this.#process?.ended
    if (this.#isTemporary) await removeFolder(this.dataDir)
  }

  get #running(): DesktopProcess {
    if (this.#process === null) throw new Error('the program has not been started')
    return this.#process
  }
}
