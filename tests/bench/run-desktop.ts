import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium } from '@playwright/test'
import { buildProgram } from '#electron/dev/built-files.ts'
import { openEngine } from '#electron/engine.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import config from '../../playwright.config.ts'
import { startOnStandIn } from '../support/desktop-launcher.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { fillDirectory } from './fill-directory.ts'

/**
 * A child process: the built desktop program over the stand-in for Electron, with a given number of clients. Measures the
 * time from the start of its process to the first screen in a window that was open before, and the memory of its main
 * process then and after a delivery to a tenth of the clients.
 */
const clients = Number(process.argv[2])
const starts = 4
await buildProgram(() => undefined)
const dataDir = await mkdtemp(join(tmpdir(), 'herald-bench-'))
await (await openEngine({ dataDir, host: 'desktop' })).close()
const session = await openSession(storeFile(dataDir))
await fillDirectory(session, clients)
await session.close()
const browser = await chromium.launch(config.use?.launchOptions ?? {})
const context = await browser.newContext({ locale: 'en-GB' })
const begun = performance.now()
const program = await startOnStandIn(context, { dataDir })
try {
  await program.client.deliveries.create({ name: 'Draft', text: 'Hello', draft: true })
  const startMs: number[] = []
  let from = begun
  let idleMegabytes = 0
  for (let start = 0; start < starts; start += 1) {
    const page = await context.newPage()
    await page.goto(program.link)
    await page.getByRole('table').getByRole('row').nth(1).waitFor()
    startMs.push(performance.now() - from)
    idleMegabytes = await megabytesOf(program.pid)
    await page.close()
    if (start === starts - 1) break
    await program.stop()
    from = performance.now()
    await program.startAgain()
  }
  await program.client.gateway.update({
    kind: 'sandbox',
    concurrency: 256,
    sandbox: { latencyMs: 0, errorRate: 0, ratePerSecond: null },
  })
  const { id } = await program.client.deliveries.create({ name: 'Watched', text: 'Hello', filter: { tags: ['vip'] } })
  let megabytes = 0
  while ((await program.client.deliveries.get({ id })).status === 'running') {
    megabytes = Math.max(megabytes, await megabytesOf(program.pid))
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  // The first start is a cold one.
  const warm = startMs.slice(1).toSorted((one, other) => one - other)
  process.send?.({ startMs: warm[Math.floor(warm.length / 2)], idleMegabytes, sendingMegabytes: megabytes })
} finally {
  await browser.close()
  await program.remove()
  await removeFolder(dataDir)
  process.disconnect()
}

/** Returns the memory of a process as the system reports it; NaN if it does not. */
async function megabytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024)
}
