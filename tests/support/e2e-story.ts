// biome-ignore-all lint/correctness/noEmptyPattern: Playwright reads in the pattern what a fixture stands on
import { test as base, expect, type Page } from '@playwright/test'
import { startDesktopProgram } from './desktop-program.ts'
import { type FakeGateway, openLoopbackGateway } from './loopback-gateway.ts'
import { startWebProgram, type WebProgram, type WebProgramOptions } from './web-program.ts'

interface Story {
  /** Through which door the story is told: the web door's, or the desktop's over the stand-in for Electron. */
  readonly door: 'web' | 'stand-in'
  /** A gateway of the test's own; it accepts everything until told otherwise. */
  readonly gateway: FakeGateway
  /** The program with a fresh directory, sending to `gateway`. */
  readonly herald: WebProgram
  /** Starts the program otherwise than `herald` does; it is gone when the test is over. */
  readonly startHerald: (options?: WebProgramOptions) => Promise<WebProgram>
  /** The browser's complaints that a story brings about on purpose, each with its reason; any other fails the test. */
  readonly expectComplaint: (complaint: RegExp, reason: string) => void
}

/** Playwright's test with the real program behind the page, and a page that may not complain. */
export const test = base.extend<Story & { readonly complaints: { readonly expected: RegExp[] } }>({
  gateway: async ({}, use) => {
    const gateway = await openLoopbackGateway()
    await use(gateway)
    await gateway.goDown()
  },

  door: ['web', { option: true }],

  startHerald: async ({ door, context }, use) => {
    const started: WebProgram[] = []
    await use(async (options) => {
      const program = await (door === 'web' ? startWebProgram(options) : startDesktopProgram(context, options))
      started.push(program)
      return program
    })
    for (const program of started) await program.remove()
  },

  herald: async ({ startHerald, gateway }, use) => {
    const program = await startHerald({ gateway: { url: gateway.url, token: 'a-token-of-the-gateway' } })
    // Stories hold answers back while they look around, on a busy machine for longer than a real gateway may take.
    await program.client.gateway.update({ timeoutMs: 120_000 })
    await use(program)
  },

  complaints: async ({}, use) => {
    await use({ expected: [] })
  },

  expectComplaint: async ({ complaints }, use) => {
    await use((complaint) => complaints.expected.push(complaint))
  },

  // Named here so that the program outlives the page: what breaks when the program goes is no complaint.
  page: async ({ page, complaints, startHerald: _ }, use) => {
    const heard: string[] = []
    listen(page, heard)
    await use(page)
    const surprising = heard.filter((words) => !complaints.expected.some((expected) => expected.test(words)))
    expect(surprising, 'errors of the page and of its content policy').toEqual([])
  },
})

/** A violation of the content policy is a console error of its own in Chromium. */
function listen(page: Page, heard: string[]): void {
  page.on('pageerror', (error) => heard.push(`page error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(`console: ${message.text()} (${message.location().url})`)
  })
}

export { expect }
