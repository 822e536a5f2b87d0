import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import type { DesktopChild } from './desktop-child.ts'
import type { FromHost } from './desktop-messages.ts'
import { preloadInPage } from './desktop-page.ts'
import { type Packed, pack, unpack } from './packed.ts'

const preloadFile = join(import.meta.dirname, '../../out/preload/preload.cjs')
const consoleOrigin = 'herald://console'

type FromPage =
  | { readonly kind: 'send'; readonly channel: string }
  | ({ readonly kind: 'data'; readonly port: number } & Packed)

/** The window of a desktop program, which is a page of a browser. */
export interface DesktopWindow {
  /** The address under which pages find the program's console. */
  readonly link: string
  /** What the main process wants of the window's page. */
  hear(message: Extract<FromHost, { kind: 'closed' | 'data' | 'gone' | 'port' | 'reload' | 'sent' | 'window' }>): void
  /** Resolves once the window that was asked for last has its page. */
  opened(): Promise<void>
  /** The process has ended, and its ports with it. */
  ended(): void
  /** The page of the window, once one is open. */
  page(): Promise<Page>
  /** Breaks the page's process down. */
  crash(): Promise<void>
}

let programs = 0

/**
 * Makes a browser's pages windows of the program that runs at the moment: the console comes from the program's own protocol handler, the
 * built preload runs in the page, and the API goes through the port that the main process hands out. An empty page becomes the window
 * when there is one. Other pages that open the link have a port of their own, as further windows would.
 */
export async function openDesktopWindow(context: BrowserContext, running: () => DesktopChild): Promise<DesktopWindow> {
  programs += 1
  // Chromium knows no scheme of ours. As an https origin the page is as trustworthy as it is in Electron.
  const host = `console-${programs}.herald.test`
  const link = `https://${host}/`
  const binding = `heraldMain${programs}`
  const pages = new Map<string, Page>()
  const pageOfPort = new Map<number, Page>()
  const crashed = new WeakSet<Page>()
  let window: Page | null = null
  /** The address at which the window was left when its program ended. */
  let left: string | null = null
  let opening = Promise.resolve()

  const inPage = (page: Page, act: 'hand' | 'deliver' | 'close' | 'tell', ...values: unknown[]): void =>
    void page
      .evaluate(
        ([name, given]) =>
          (globalThis as unknown as { heraldStandIn: Record<string, (...values: unknown[]) => void> }).heraldStandIn[
            name as string
          ]?.(...(given as unknown[])),
        [act, values],
      )
      // The page may be gone, or on its way elsewhere.
      .catch(() => undefined)

  await context.exposeBinding(binding, ({ page, frame }, message: FromPage) => {
    const isTop = frame === page.mainFrame()
    const name = `${pageNumber(page)} ${isTop ? 'top' : frame.name()}`
    if (message.kind === 'data') return running().tell({ kind: 'data', port: message.port, data: unpack(message) })
    pages.set(name, page)
    running().tell({ kind: 'send', frame: name, origin: consoleOrigin, isTop, channel: message.channel })
  })
  await context.addInitScript({ content: preloadInPage(host, binding, readFileSync(preloadFile, 'utf8')) })
  await context.route(`${link}**`, async (route) => {
    const { pathname, search } = new URL(route.request().url())
    const answer = running().isRunning() ? await running().fetch(`${consoleOrigin}${pathname}${search}`) : null
    // A page goes with its program.
    if (answer === null) return
    const { status, headers, body } = answer
    await route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) })
  })

  /** Shows an address. After a new start of the program its window is the same page, where the operator left it. */
  async function show(url: string): Promise<void> {
    const page = window ?? context.pages().find((each) => each.url() === 'about:blank') ?? (await context.newPage())
    if (page !== window)
      page.on('crash', () => {
        crashed.add(page)
        running().tell({ kind: 'crashed' })
      })
    window = page
    await page.goto(left ?? `${link}${new URL(url).hash}`, { waitUntil: 'commit' })
    left = null
  }

  /** A window closes with its program; its page waits for the next one. */
  async function leave(): Promise<void> {
    if (window === null || !window.url().startsWith(link)) return
    left = window.url()
    await window.goto('about:blank')
  }

  /** Playwright has no more use for a page whose process is gone: another one takes its place. */
  async function reload(): Promise<void> {
    const old = window
    if (old === null || old.isClosed()) return
    if (!crashed.has(old)) return void (await old.reload({ waitUntil: 'commit' }))
    window = null
    left = old.url()
    await show(old.url())
    await old.close()
  }

  const begin = (work: () => Promise<void>): void => {
    // One after the other. A test that is over takes its pages along.
    opening = opening.then(work).catch(() => undefined)
  }

  async function close(): Promise<void> {
    await window?.close()
    window = null
  }

  return {
    link,
    hear(message) {
      switch (message.kind) {
        case 'window':
          return begin(() => show(message.url))
        case 'reload':
          return begin(reload)
        case 'gone':
          return begin(close)
        case 'sent':
          return window === null ? undefined : inPage(window, 'tell', message.channel, message.message)
        case 'port': {
          const page = pages.get(message.frame)
          if (page === undefined) return
          pageOfPort.set(message.port, page)
          return inPage(page, 'hand', message.channel, message.port)
        }
        case 'data':
        case 'closed': {
          const page = pageOfPort.get(message.port)
          if (page === undefined) return
          if (message.kind === 'data') inPage(page, 'deliver', message.port, pack(message.data))
          else inPage(page, 'close', message.port)
        }
      }
    },
    opened: () => opening,
    ended() {
      for (const [port, page] of pageOfPort) inPage(page, 'close', port)
      pageOfPort.clear()
      begin(leave)
    },
    async page() {
      await opening
      if (window === null || window.isClosed()) throw new Error('the program has no window open')
      return window
    },
    async crash() {
      const page = window
      if (page === null) throw new Error('the program has no window open')
      const gone = page.waitForEvent('crash')
      await page.goto('chrome://crash').catch(() => undefined) // it ends in the crash that was asked for
      await gone
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
