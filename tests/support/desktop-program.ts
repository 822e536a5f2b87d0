import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { BrowserContext, Page } from '@playwright/test'
import type { Contract } from '#shared/contract/index.ts'
import { portWantedChannel } from '#shared/desktop-bridge.ts'
import type { FromHost, ToHost } from './desktop-messages.ts'
import { preloadInPage } from './desktop-page.ts'
import { HostPort } from './desktop-port.ts'
import type { WebProgram, WebProgramOptions } from './web-program.ts'

const out = join(import.meta.dirname, '../../out')
const hostFile = join(import.meta.dirname, 'desktop-host.ts')
const consoleOrigin = 'herald://console'

interface Packed {
  readonly text?: string
  readonly base64?: string
}
type FromPage =
  | { readonly kind: 'send'; readonly channel: string }
  | ({ readonly kind: 'data'; readonly port: number } & Packed)

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  readonly client: ContractRouterClient<Contract>
}

let programs = 0

/**
 * Starts the built desktop program over the stand-in for Electron. Each page of `context` that opens its link is its window: the console
 * comes from the program's own protocol handler, the built preload runs in the page, and the API goes through the port that the main
 * process hands out. It is used as the web door's program is; what needs a mortal worker is not to be had here.
 */
export async function startDesktopProgram(
  context: BrowserContext,
  { dataDir: given, gateway, mortal }: WebProgramOptions = {},
): Promise<WebProgram> {
  if (mortal !== undefined) throw new Error('the stand-in has no mortal workers')
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'herald-e2e-')))
  programs += 1
  // Chromium knows no scheme of ours. As an https origin the page is as trustworthy as it is in Electron.
  const host = `console-${programs}.herald.test`
  const binding = `heraldMain${programs}`
  const environment = {
    ...process.env,
    HERALD_DATA_DIR: dataDir,
    HERALD_GATEWAY_URL: gateway?.url ?? '',
    HERALD_GATEWAY_TOKEN: gateway?.token ?? '',
  }
  const pages = new Map<string, Page>()
  const pageOfPort = new Map<number, Page>()
  const answers = new Map<number, (answer: Extract<FromHost, { kind: 'answer' }>) => void>()
  let asked = 0

  const inPage = (page: Page, act: 'hand' | 'deliver' | 'close', ...values: unknown[]): void =>
    void page
      .evaluate(
        ([name, given]) =>
          (window as unknown as { heraldStandIn: Record<string, (...values: unknown[]) => void> }).heraldStandIn[
            name as string
          ]?.(...(given as unknown[])),
        [act, values],
      )
      // The page may be gone, or on its way elsewhere.
      .catch(() => undefined)

  async function run(): Promise<Running> {
    const child = fork(hostFile, [out], {
      env: environment,
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    const ended = once(child, 'close').then(([code]) => code as number | null)
    const own = new HostPort((message) => {
      if (!child.connected) throw new Error('the program does not run')
      child.send(message)
    })
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
    child.on('message', (message: FromHost) => {
      switch (message.kind) {
        case 'window':
          return child.send({
            kind: 'send',
            frame: 'test',
            origin: consoleOrigin,
            isTop: true,
            channel: portWantedChannel,
          } satisfies ToHost)
        case 'answer':
          answers.get(message.id)?.(message)
          return answers.delete(message.id)
        case 'port': {
          if (message.frame === 'test') {
            own.open(message.port)
            return resolve()
          }
          const page = pages.get(message.frame)
          if (page === undefined) return
          pageOfPort.set(message.port, page)
          return inPage(page, 'hand', message.channel, message.port)
        }
        case 'relaunch':
          return void ended.then(startAnew)
        case 'data':
        case 'closed': {
          const page = pageOfPort.get(message.port)
          if (page === undefined) return own.take(message)
          if (message.kind === 'data') inPage(page, 'deliver', message.port, pack(message.data))
          else inPage(page, 'close', message.port)
        }
      }
    })
    void ended.then((code) => {
      own.end()
      for (const [port, page] of pageOfPort) inPage(page, 'close', port)
      pageOfPort.clear()
      reject(new Error(`the program ended with code ${code} before it was ready: ${said}`))
    })
    await ready
    return { child, ended, client: createORPCClient(new RPCLink({ port: own })) }
  }

  /** The program's windows are made anew with it. */
  async function startAnew(): Promise<void> {
    const open = new Set(pages.values())
    running = await run()
    for (const page of open) if (!page.isClosed()) await page.reload()
  }

  let running = await run()
  const toHost = (message: ToHost): void => void (running.child.connected && running.child.send(message))

  await context.exposeBinding(binding, ({ page, frame }, message: FromPage) => {
    const name = `${pageNumber(page)} ${frame === page.mainFrame() ? 'top' : frame.name()}`
    if (message.kind === 'data') return toHost({ kind: 'data', port: message.port, data: unpack(message) })
    pages.set(name, page)
    toHost({
      kind: 'send',
      frame: name,
      origin: consoleOrigin,
      isTop: frame === page.mainFrame(),
      channel: message.channel,
    })
  })
  await context.addInitScript({
    content: preloadInPage(host, binding, readFileSync(join(out, 'preload/preload.cjs'), 'utf8')),
  })
  await context.route(`https://${host}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url())
    if (!running.child.connected) return route.abort('connectionrefused')
    asked += 1
    const id = asked
    const answer = new Promise<Extract<FromHost, { kind: 'answer' }>>((resolve) => answers.set(id, resolve))
    toHost({ kind: 'fetch', id, url: `${consoleOrigin}${pathname}${search}` })
    const { status, headers, body } = await answer
    await route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) })
  })

  async function end(how: () => void): Promise<number | null> {
    if (running.child.exitCode === null && running.child.signalCode === null) how()
    return running.ended
  }
  const kill = () => end(() => running.child.kill('SIGKILL'))

  return {
    link: `https://${host}/`,
    dataDir,
    get pid() {
      return running.child.pid ?? 0
    },
    get client() {
      return running.client
    },
    async stop() {
      const code = await end(() => toHost({ kind: 'quit' }))
      if (code !== 0) throw new Error(`the program ended with code ${code} when it was asked to quit`)
    },
    kill: async () => void (await kill()),
    killSender() {
      throw new Error('the stand-in has no mortal workers')
    },
    async startAgain() {
      running = await run()
    },
    async killWhileStarting(afterMs) {
      const begun = run()
      const isReady = await Promise.race([
        begun.then(() => true),
        new Promise<false>((resolve) => setTimeout(resolve, afterMs, false)),
      ])
      running = await begun
      await kill()
      return isReady
    },
    async remove() {
      await kill()
      if (given === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const numbers = new WeakMap<Page, number>()
let lastNumber = 0

function pageNumber(page: Page): number {
  const number = numbers.get(page) ?? ++lastNumber
  numbers.set(page, number)
  return number
}

function pack(data: string | Uint8Array): Packed {
  return typeof data === 'string' ? { text: data } : { base64: Buffer.from(data).toString('base64') }
}

function unpack({ text, base64 }: Packed): string | Uint8Array {
  return text ?? new Uint8Array(Buffer.from(base64 ?? '', 'base64'))
}
