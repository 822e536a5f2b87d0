import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { openEngine } from '#electron/engine.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import config from '../../playwright.config.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { startWebProgram, type WebProgram } from '../support/web-program.ts'
import { fillDirectory } from './fill-directory.ts'

/** A child process: the console in a real browser on a store with n clients and messages. */
const total = Number(process.argv[2])
const deliveries = 10
const dataDir = await mkdtemp(join(tmpdir(), 'herald-bench-'))
await fill()
const program = await startWebProgram({ dataDir })
const browser = await chromium.launch(config.use?.launchOptions ?? {})
try {
  const firstScreenMs = await firstScreen(browser, program)
  const sending = await watchSending(browser, program)
  const hour = await anHourOfEvents(browser, program)
  process.send?.({ firstScreenMs, ...sending, ...hour })
} finally {
  await browser.close()
  await program.remove()
  await removeFolder(dataDir)
  process.disconnect()
}

/** The time until the dashboard shows its last number, at the second visit with warm code and store. */
async function firstScreen(browser: Browser, { link }: WebProgram): Promise<number> {
  const context = await openContext(browser, link)
  const times: number[] = []
  for (let visit = 0; visit < 6; visit += 1) {
    const page = await context.newPage()
    const begun = performance.now()
    await page.goto(new URL('/', link).href)
    await page.getByRole('link', { name: 'Clients' }).first().waitFor()
    await page.getByRole('table').getByRole('row').nth(1).waitFor()
    times.push(performance.now() - begun)
    await page.close()
  }
  await context.close()
  times.shift()
  times.sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? Number.NaN
}

/** The longest task of the page's thread while a delivery ran at full speed and its page was open. */
async function watchSending(browser: Browser, { client, link }: WebProgram) {
  await client.gateway.update({
    kind: 'sandbox',
    concurrency: 256,
    sandbox: { latencyMs: 0, errorRate: 0, ratePerSecond: null },
  })
  const context = await openContext(browser, link)
  const page = await context.newPage()
  const draft = await client.deliveries.create({
    name: 'Watched',
    text: 'Hello',
    filter: { tags: ['vip'] },
    draft: true,
  })
  await page.goto(new URL(`/#/deliveries/${draft.id}`, link).href)
  await page.getByRole('heading', { name: 'Watched' }).waitFor()
  await page.evaluate(() => {
    const held = window as unknown as { longest: number; tasks: number }
    Object.assign(held, { longest: 0, tasks: 0 })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        held.longest = Math.max(held.longest, duration)
        held.tasks += 1
      }
    }).observe({ type: 'longtask' })
  })
  const begun = performance.now()
  const started = await client.deliveries.start({ id: draft.id })
  await page.getByRole('grid', { name: 'Messages' }).waitFor()
  while ((await client.deliveries.get({ id: draft.id })).status === 'running') await page.waitForTimeout(250)
  const seconds = (performance.now() - begun) / 1000
  await page.getByText('Completed').first().waitFor()
  const { longest, tasks } = await page.evaluate(() => {
    const held = window as unknown as { longest: number; tasks: number }
    return { longest: held.longest, tasks: held.tasks }
  })
  await context.close()
  const sent = (await client.deliveries.get({ id: draft.id })).messages.byStatus.sent
  if (sent === 0 || started.id !== draft.id) throw new Error('nothing was sent')
  return { sent, sentPerSecond: sent / seconds, longestTaskMs: longest, tasksOver50Ms: tasks }
}

/** The page's memory after each tenth of an hour of a delivery's progress, four events a second. */
async function anHourOfEvents(browser: Browser, { link }: WebProgram): Promise<{ heapMegabytes: number[] }> {
  const context = await openContext(browser, link)
  const page = await context.newPage()
  await page.addInitScript(() => {
    const asked = window.fetch
    const encoder = new TextEncoder()
    window.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (!url.includes('/rpc/progress/live')) return asked(input, init)
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          Object.assign(window, {
            emit: (event: unknown) =>
              controller.enqueue(encoder.encode(`event: message\ndata: ${JSON.stringify({ json: event })}\n\n`)),
          })
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    }
  })
  await page.goto(new URL('/#/deliveries/1', link).href)
  await page.getByRole('grid', { name: 'Messages' }).waitFor()
  const session = await context.newCDPSession(page)
  const heapMegabytes: number[] = []
  const perTenth = 1440
  let hasFollowed = false
  for (let tenth = 0; tenth <= 10; tenth += 1) {
    if (tenth > 0) await emitEvents(page, (tenth - 1) * perTenth, perTenth)
    // The page sometimes reads from the engine, which does not know these events.
    const shown = await page.getByRole('progressbar').first().getAttribute('aria-valuenow')
    hasFollowed ||= Number(shown) === tenth * perTenth
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    heapMegabytes.push(Math.round(usedSize / 100_000) / 10)
  }
  if (!hasFollowed) throw new Error('the page did not follow the events')
  await context.close()
  return { heapMegabytes }
}

function emitEvents(page: Page, first: number, count: number): Promise<void> {
  return page.evaluate(
    async ([from, many, all]) => {
      const { emit } = window as unknown as { emit(event: unknown): void }
      for (let n = from + 1; n <= from + many; n += 1) {
        const byStatus = { queued: all - n, sending: 0, sent: n, failed: 0, expired: 0, cancelled: 0, uncertain: 0 }
        emit({
          type: 'delivery',
          id: 1,
          status: 'running',
          messages: { total: all, byStatus },
          perSecond: 900 + (n % 200),
          startedAt: '2026-11-25T10:00:00.000Z',
          finishedAt: null,
        })
        // Drawing every event would take minutes: every eighth is shown.
        if (n % 8 === 0) await new Promise((resolve) => setTimeout(resolve))
      }
    },
    [first, count, total / deliveries] as const,
  )
}

async function openContext(browser: Browser, link: string): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(link)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.close()
  return context
}

/** Writes everything directly into the store: ten ended deliveries, each to the same clients. */
async function fill(): Promise<void> {
  await (await openEngine({ dataDir, host: 'web' })).close()
  const session = await openSession(storeFile(dataDir))
  await fillDirectory(session, total)
  const each = total / deliveries
  const now = Date.now()
  await session.transaction(async () => {
    await session.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${deliveries})
      INSERT INTO deliveries (name, text, filter, startsAt, endsAt, status, firstMessageId, lastMessageId, createdAt, updatedAt, startedAt, finishedAt)
      SELECT 'Delivery ' || i, 'Hello', '{}', ${now}, ${now + 86_400_000}, 'completed', (i - 1) * ${each} + 1, i * ${each}, ${now}, ${now}, ${now}, ${now} FROM n;
      INSERT INTO delivery_counters (deliveryId, sent) SELECT id, ${each} FROM deliveries;
      INSERT INTO delivery_timeline (deliveryId, at, sent, failed) SELECT id, ${now - (now % 1000)}, ${each}, 0 FROM deliveries;
      INSERT INTO messages (deliveryId, clientId, phone, status, attempts, createdAt, sentAt)
      SELECT d.id, c.id, c.phone, 'sent', 1, ${now}, ${now} FROM deliveries d CROSS JOIN clients c WHERE c.id <= ${each} ORDER BY d.id, c.id;`)
  })
  await session.close()
}
