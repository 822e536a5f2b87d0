import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { ContractRouterClient } from '@orpc/contract'
import type { BrowserContext } from '@playwright/test'
import type { Contract } from '#shared/contract/index.ts'
import { openApi } from './desktop-api.ts'
import { type DesktopChild, forkDesktop } from './desktop-child.ts'
import { controlDesktop, type Desktop, watchDesktop } from './desktop-control.ts'
import type { FromHost } from './desktop-messages.ts'
import { openDesktopWindow } from './desktop-window.ts'
import { removeFolder } from './remove-folder.ts'
import type { WebProgram, WebProgramOptions } from './web-program.ts'

export interface DesktopProgramOptions extends WebProgramOptions {
  /** Whether the machine has a keyring; it has one unless told otherwise. */
  readonly keyring?: boolean
}

export interface DesktopProgram extends WebProgram {
  readonly desktop: Desktop
  readonly ended: () => Promise<number | null>
}

interface Running {
  readonly child: DesktopChild
  readonly client: ContractRouterClient<Contract>
}

/**
 * Starts the built desktop program over the stand-in for Electron; its window is a page of `context`. It is used as the web door's
 * program is; what needs a mortal worker is not to be had here.
 */
export async function startDesktopProgram(
  context: BrowserContext,
  { dataDir: given, gateway, mortal, keyring = true }: DesktopProgramOptions = {},
): Promise<DesktopProgram> {
  if (mortal !== undefined) throw new Error('the stand-in has no mortal workers')
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'herald-e2e-')))
  const environment = {
    ...process.env,
    HERALD_DATA_DIR: dataDir,
    HERALD_GATEWAY_URL: gateway?.url ?? '',
    HERALD_GATEWAY_TOKEN: gateway?.token ?? '',
    HERALD_STAND_IN_KEYRING: keyring ? randomBytes(32).toString('hex') : 'none',
  }
  let running: Running | undefined
  const current = (): Running => {
    if (running === undefined) throw new Error('the program has not been started')
    return running
  }
  let child: DesktopChild | undefined
  const currentChild = (): DesktopChild => {
    if (child === undefined) throw new Error('the program has not been started')
    return child
  }
  const window = await openDesktopWindow(context, currentChild)

  async function run(): Promise<Running> {
    let isComingBack = false
    const begun = forkDesktop(environment, (message) => {
      if (message.kind === 'ending') isComingBack = message.isComingBack
      else if (message.kind !== 'second-start') window.hear(message)
    })
    child = begun
    void begun.ended.then(async () => {
      window.ended()
      if (isComingBack) await startAnew()
    })
    await watchDesktop(begun)
    begun.tell({ kind: 'run' })
    const client = await openApi(begun)
    await window.opened()
    return { child: begun, client }
  }
  async function startAnew(): Promise<void> {
    running = await run()
  }
  await startAnew()

  async function end(how: () => void): Promise<number | null> {
    const { child } = current()
    if (child.isRunning()) how()
    return child.ended
  }
  const kill = () => end(() => current().child.kill())

  /** A second process of the same program, which the first one is to hear of. */
  function startSecond(): Promise<number | null> {
    const second = forkDesktop(environment, (message: FromHost) => {
      if (message.kind === 'second-start') currentChild().tell(message)
    })
    second.tell({ kind: 'run' })
    return second.ended
  }

  const desktop = controlDesktop({
    get pid() {
      return current().child.pid
    },
    evaluate: (act, given) => currentChild().evaluate(act, given),
    page: window.page,
    crashPage: window.crash,
    startSecond,
  })

  return {
    link: window.link,
    dataDir,
    desktop,
    get pid() {
      return current().child.pid
    },
    get client() {
      return current().client
    },
    ended: () => current().child.ended,
    async stop() {
      await desktop.quit()
      // It asks when something is being sent.
      void desktop.question().then(
        ({ buttons = [] }) => desktop.answer(buttons[1] ?? ''),
        () => undefined, // it has ended without
      )
      const code = await current().child.ended
      if (code !== 0) throw new Error(`the program ended with code ${code}: ${current().child.said()}`)
    },
    kill: async () => void (await kill()),
    killSender() {
      throw new Error('the stand-in has no mortal workers')
    },
    startAgain: startAnew,
    async killWhileStarting(afterMs) {
      const begun = startAnew()
      const isReady = await Promise.race([
        begun.then(() => true),
        new Promise<false>((resolve) => setTimeout(resolve, afterMs, false)),
      ])
      await begun
      await kill()
      return isReady
    },
    async remove() {
      await kill()
      if (given === undefined) await removeFolder(dataDir)
    },
  }
}
