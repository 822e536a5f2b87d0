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
import { controlDesktop, type Desktop, quitForGood, watchDesktop } from './desktop-control.ts'
import type { FromHost } from './desktop-messages.ts'
import { openDesktopWindow } from './desktop-window.ts'
import { removeFolder } from './remove-folder.ts'
import type { WebProgram, WebProgramOptions } from './web-program.ts'
import { withPanel } from './with-panel.ts'

export interface DesktopProgramOptions extends WebProgramOptions {
  /** Whether the machine has a keyring; it has one unless told otherwise. */
  readonly keyring?: boolean
  /** Variables that it finds besides. */
  readonly environment?: Readonly<Record<string, string>>
}

export interface DesktopProgram extends WebProgram {
  readonly desktop: Desktop
}

/**
 * Starts the built desktop program over the stand-in for Electron; its window is a page of `context`. It is used as the web host's
 * program is; what needs a mortal worker is not to be had here.
 */
export async function startDesktopProgram(
  context: BrowserContext,
  { dataDir: given, gateway, mortal, keyring = true, environment: more = {} }: DesktopProgramOptions = {},
): Promise<DesktopProgram> {
  if (mortal !== undefined) throw new Error('the stand-in has no mortal workers')
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'herald-e2e-')))
  const environment = {
    ...process.env,
    ...more,
    PATH: withPanel(process.env.PATH),
    HERALD_DATA_DIR: dataDir,
    HERALD_GATEWAY_URL: gateway?.url ?? '',
    HERALD_GATEWAY_TOKEN: gateway?.token ?? '',
    HERALD_STAND_IN_KEYRING: keyring ? randomBytes(32).toString('hex') : 'none',
  }
  let child: DesktopChild | undefined
  let client: ContractRouterClient<Contract> | undefined
  const running = (): DesktopChild => {
    if (child === undefined) throw new Error('the program has not been started')
    return child
  }
  const window = await openDesktopWindow(context, running)

  async function start(): Promise<void> {
    let isComingBack = false
    const begun = forkDesktop(environment, (message) => {
      if (message.kind === 'ending') isComingBack = message.isComingBack
      else if (message.kind !== 'second-start') window.hear(message)
    })
    child = begun
    void begun.ended.then(async () => {
      window.ended()
      if (isComingBack) await start()
    })
    await watchDesktop(begun)
    begun.tell({ kind: 'run' })
    client = await openApi(begun)
    await window.opened()
  }
  await start()

  async function kill(): Promise<void> {
    const killed = running()
    killed.kill()
    await killed.ended
  }

  /** A second process of the same program, which the first one is to hear of. */
  function startSecond(): Promise<number | null> {
    const second = forkDesktop(environment, (message: FromHost) => {
      if (message.kind === 'second-start') running().tell(message)
    })
    second.tell({ kind: 'run' })
    return second.ended
  }

  const desktop = controlDesktop({
    get pid() {
      return running().pid
    },
    ended: () => running().ended,
    evaluate: (act, given) => running().evaluate(act, given),
    page: window.page,
    crashPage: window.crash,
    startSecond,
  })

  return {
    link: window.link,
    dataDir,
    desktop,
    get pid() {
      return running().pid
    },
    get client() {
      if (client === undefined) throw new Error('the program has not been started')
      return client
    },
    async stop() {
      const code = await quitForGood(desktop)
      if (code !== 0) throw new Error(`the program ended with code ${code}: ${running().said()}`)
    },
    kill,
    killSender() {
      throw new Error('the stand-in has no mortal workers')
    },
    startAgain: start,
    async killWhileStarting(afterMs) {
      const begun = start()
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
