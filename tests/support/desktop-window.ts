import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import type { FromHost, ToHost } from './desktop-messages.ts'
import { preloadInPage } from './desktop-page.ts'
import { type Packed, pack, unpack } from './packed.ts'

const preloadFile = join(import.meta.dirname, '../../out/preload/preload.cjs')
const consoleOrigin = 'herald://console'

type FromPage =
  | { readonly kind: 'send'; readonly channel: string }
  | ({ readonly kind: 'data'; readonly port: number } & Packed)

type WindowEvent = Extract<FromHost, { kind: 'closed' | 'data' | 'gone' | 'port' | 'reload' | 'sent' | 'window' }>

/** The process behind the window. */
interface WindowProcess {
  send(message: ToHost): void
  fetch(url: string): Promise<Extract<FromHost, { kind: 'answer' }> | null>
}

let programs = 0

/**
 * Makes the pages of a browser windows of the running program. The console comes from the program's own protocol handler,
 * the built preload runs in the page, and the API uses the port that the main process hands out. An empty page becomes
 * the window if there is one. Other pages that open the link each get a port, like further windows.
 */
export async function openDesktopWindow(context: BrowserContext, running: () => WindowProcess): Promise<DesktopWindow> {
  programs += 1
  // Chromium does not know our scheme. An https origin is as trusted as the page is in Electron.
  const host = `console-${programs}.herald.test`
  const window = new DesktopWindow(context, running, `https://${host}/`)
  const binding = `heraldMain${programs}`
  await context.exposeBinding(binding, ({ page, frame }, message: FromPage) =>
    window.onMessage(page, frame === page.mainFrame() ? null : frame.name(), message),
  )
  await context.addInitScript({ content: preloadInPage(host, binding, readFileSync(preloadFile, 'utf8')) })
  await context.route(`${window.link}**`, async (route) => {
    const { pathname, search } = new URL(route.request().url())
    const answer = await running().fetch(`${consoleOrigin}${pathname}${search}`)
    // A page ends with its program.
    if (answer === null) return
    const { status, headers, body } = answer
    await route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) })
  })
  return window
}

/** The window of a desktop program, as a page of a browser. It survives a restart of the program. */
export class DesktopWindow {
  /** The address under which pages find the console. */
  readonly link: string
  readonly #context: BrowserContext
  readonly #running: () => WindowProcess
  readonly #pages = new Map<string, Page>()
  readonly #pageOfPort = new Map<number, Page>()
  readonly #crashed = new WeakSet<Page>()
  #window: Page | null = null
  /** The address that the window showed when its program ended. */
  #lastUrl: string | null = null
  #opening = Promise.resolve()

  constructor(context: BrowserContext, running: () => WindowProcess, link: string) {
    this.#context = context
    this.#running = running
    this.link = link
  }

  /** A page's preload sent something. `frame` is null for the page's main frame. */
  onMessage(page: Page, frame: string | null, message: FromPage): void {
    if (message.kind === 'data')
      return this.#running().send({ kind: 'data', port: message.port, data: unpack(message) })
    const name = `${pageNumber(page)} ${frame ?? 'top'}`
    this.#pages.set(name, page)
    const { channel } = message
    this.#running().send({ kind: 'send', frame: name, origin: consoleOrigin, isTop: frame === null, channel })
  }

  /** The main process did something with its window or its ports. */
  onEvent(event: WindowEvent): void {
    switch (event.kind) {
      case 'window':
        return this.#enqueue(() => this.#show(event.url))
      case 'reload':
        return this.#enqueue(() => this.#reload())
      case 'gone':
        return this.#enqueue(() => this.#close())
      case 'sent':
        return this.#window === null ? undefined : callPage(this.#window, 'receive', event.channel, event.message)
      case 'port': {
        const page = this.#pages.get(event.frame)
        if (page === undefined) return
        this.#pageOfPort.set(event.port, page)
        return callPage(page, 'givePort', event.channel, event.port)
      }
      case 'data':
      case 'closed': {
        const page = this.#pageOfPort.get(event.port)
        if (page === undefined) return
        if (event.kind === 'data') callPage(page, 'deliver', event.port, pack(event.data))
        else callPage(page, 'close', event.port)
      }
    }
  }

  /** The process has ended, and its ports with it. */
  onEnded(): void {
    for (const [port, page] of this.#pageOfPort) callPage(page, 'close', port)
    this.#pageOfPort.clear()
    this.#enqueue(() => this.#leave())
  }

  /** Resolves once the last requested window has its page. */
  opened(): Promise<void> {
    return this.#opening
  }

  /** Returns the page of the window; rejects if none is open. */
  async page(): Promise<Page> {
    await this.#opening
    if (this.#window === null || this.#window.isClosed()) throw new Error('the program has no window open')
    return this.#window
  }

  /** Crashes the page's process. */
  async crash(): Promise<void> {
    const page = this.#window
    if (page === null) throw new Error('the program has no window open')
    const crashed = page.waitForEvent('crash')
    await page.goto('chrome://crash').catch(() => undefined) // fails because of the crash
    await crashed
  }

  /** Runs one step after another. Errors come from pages that a finished test has closed. */
  #enqueue(step: () => Promise<void>): void {
    this.#opening = this.#opening.then(step).catch(() => undefined)
  }

  /** Shows an address. After a restart of the program, its window is the same page at the same address. */
  async #show(url: string): Promise<void> {
    const empty = () => this.#context.pages().find((each) => each.url() === 'about:blank')
    const page = this.#window ?? empty() ?? (await this.#context.newPage())
    if (page !== this.#window)
      page.on('crash', () => {
        this.#crashed.add(page)
        this.#running().send({ kind: 'crashed' })
      })
    this.#window = page
    await page.goto(this.#lastUrl ?? `${this.link}${new URL(url).hash}`, { waitUntil: 'commit' })
    this.#lastUrl = null
  }

  /** A window closes with its program; its page waits for the next one. */
  async #leave(): Promise<void> {
    if (this.#window === null || !this.#window.url().startsWith(this.link)) return
    this.#lastUrl = this.#window.url()
    await this.#window.goto('about:blank')
  }

  /** Playwright cannot use a page whose process has crashed: another page replaces it. */
  async #reload(): Promise<void> {
    const old = this.#window
    if (old === null || old.isClosed()) return
    if (!this.#crashed.has(old)) return void (await old.reload({ waitUntil: 'commit' }))
    this.#window = null
    this.#lastUrl = old.url()
    await this.#show(old.url())
    await old.close()
  }

  async #close(): Promise<void> {
    await this.#window?.close()
    this.#window = null
  }
}

/** Calls a function that `desktop-page.ts` put into the page. */
function callPage(page: Page, act: 'givePort' | 'deliver' | 'close' | 'receive', ...values: unknown[]): void {
  void page
    .evaluate(
      ([name, given]) =>
        (globalThis as unknown as { heraldStandIn: Record<string, (...values: unknown[]) => void> }).heraldStandIn[
          name as string
        ]?.(...(given as unknown[])),
      [act, values],
    )
    .catch(() => undefined) // the page may have closed or navigated
}

const numbers = new WeakMap<Page, number>()
let lastNumber = 0

function pageNumber(page: Page): number {
  const number = numbers.get(page) ?? ++lastNumber
  numbers.set(page, number)
  return number
}
