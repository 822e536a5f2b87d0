// biome-ignore-all lint/correctness/noEmptyPattern: Playwright reads in the pattern which fixtures a fixture needs
import { test as base, expect, type Page } from '@playwright/test'
import type { Desktop } from './desktop-control.ts'
import { type DesktopProgram, type DesktopProgramOptions, startOnElectron, startOnStandIn } from './desktop-launcher.ts'
import { type FakeGateway, openLoopbackGateway } from './loopback-gateway.ts'
import { type SavedFile, saveFromElectron, saveFromPage } from './saved-file.ts'
import { startWebProgram, type WebProgram, type WebProgramOptions } from './web-program.ts'

/** The host that a story runs on: the web host, or the desktop on the stand-in for Electron or on the real one. */
export type HostName = 'web' | 'stand-in' | 'electron'

interface Story {
  readonly host: HostName
  /** The test's gateway; it accepts everything by default. */
  readonly gateway: FakeGateway
  /** The program with a fresh directory, sending to `gateway`. */
  readonly herald: WebProgram
  /** The desktop around the page of `herald`; throws on the web host. */
  readonly desktop: Desktop
  /** Starts the program with other options than `herald` has; it is removed after the test. */
  readonly startHerald: (options?: WebProgramOptions) => Promise<WebProgram>
  /** The same for the desktop on the stand-in. */
  readonly startDesktop: (options?: DesktopProgramOptions) => Promise<DesktopProgram>
  /** Does what makes the console offer a file, and saves it as the user would. */
  readonly save: (act: () => Promise<void>) => Promise<SavedFile>
  /** Errors of the browser that a story causes on purpose, each with its reason; any other fails the test. */
  readonly expectComplaint: (complaint: RegExp, reason: string) => void
}

interface Inner {
  readonly complaints: { readonly expected: RegExp[] }
  /** The one program that a story on the real Electron has: its first window is the story's page. */
  readonly electron: DesktopProgram | null
}

const token = 'a-token-of-the-gateway'

/** Playwright's test with the real program behind the page, and a page that may not complain. */
export const test = base.extend<Story & Inner>({
  gateway: async ({}, use) => {
    const gateway = await openLoopbackGateway()
    await use(gateway)
    await gateway.goDown()
  },

  host: ['web', { option: true }],

  electron: async ({ host, gateway }, use) => {
    if (host !== 'electron') return use(null)
    const program = await startOnElectron({ gateway: { url: gateway.url, token } })
    await use(program)
    await program.remove()
  },

  startDesktop: async ({ host, context }, use) => {
    if (host !== 'stand-in') throw new Error(`this story runs on the stand-in, not on the host “${host}”`)
    const started: DesktopProgram[] = []
    await use(async (options) => {
      const program = await startOnStandIn(context, options)
      started.push(program)
      return program
    })
    for (const program of started) await program.remove()
  },

  startHerald: async ({ host, context }, use) => {
    if (host === 'electron') return use(() => Promise.reject(new Error('the real Electron has one program, `herald`')))
    const started: WebProgram[] = []
    await use(async (options) => {
      const program = await (host === 'web' ? startWebProgram(options) : startOnStandIn(context, options))
      started.push(program)
      return program
    })
    for (const program of started) await program.remove()
  },

  herald: async ({ startHerald, gateway, electron }, use) => {
    const program = electron ?? (await startHerald({ gateway: { url: gateway.url, token } }))
    // Stories delay answers, on a busy machine for longer than a real gateway may take.
    await program.client.gateway.update({ timeoutMs: 120_000 })
    await use(program)
  },

  desktop: async ({ herald }, use) => {
    if (herald.desktop === undefined) throw new Error('the web host has no desktop')
    await use(herald.desktop)
  },

  save: async ({ page, electron }, use) => {
    await use((act) => (electron === null ? saveFromPage(page, act) : saveFromElectron(electron, act)))
  },

  complaints: async ({}, use) => {
    await use({ expected: [] })
  },

  expectComplaint: async ({ complaints }, use) => {
    await use((complaint) => complaints.expected.push(complaint))
  },

  // It depends on `startHerald` so that the program outlives the page: errors after its end do not count.
  page: async ({ context, electron, complaints, startHerald: _ }, use) => {
    const heard: string[] = []
    const page = await (electron === null ? (context.pages()[0] ?? context.newPage()) : electron.desktop.page())
    listen(page, heard)
    await use(page)
    const surprising = heard.filter((words) => !complaints.expected.some((expected) => expected.test(words)))
    expect(surprising, 'errors of the page and of its content policy').toEqual([])
  },
})

/** Chromium reports a violation of the content policy as a console error. */
function listen(page: Page, heard: string[]): void {
  page.on('pageerror', (error) => heard.push(`page error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(`console: ${message.text()} (${message.location().url})`)
  })
}

export { expect }
