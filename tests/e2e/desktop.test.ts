import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, _electron as electron, expect, type Page, test } from '@playwright/test'
import { electronHere } from '../support/electron-here.ts'

const project = join(import.meta.dirname, '../..')

/** Starts the built program as it is installed, but for its data directory. */
async function startDesktop(
  executablePath: string,
  dataDir: string,
): Promise<{ app: ElectronApplication; page: Page }> {
  const { ELECTRON_RUN_AS_NODE: _, ELECTRON_RENDERER_URL: __, ...inherited } = process.env
  const env = Object.fromEntries(Object.entries(inherited).flatMap(([key, value]) => (value ? [[key, value]] : [])))
  // Chromium's sandbox refuses to work for root, as in most containers.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = await electron.launch({
    executablePath,
    args: [project, '--lang=en-US', ...asRoot],
    env: { ...env, HERALD_DATA_DIR: dataDir },
  })
  return { app, page: await app.firstWindow() }
}

test('the desktop app on the real Electron opens its console, keeps a client over a restart, and closes', async () => {
  const here = electronHere()
  if ('missing' in here) {
    process.stdout.write(`NOT RUN on the real Electron: ${here.missing}. The stand-in in tests/integration was used.\n`)
    // biome-ignore lint/suspicious/noSkippedTests: there is no Electron on this machine, which the line above says aloud
    test.skip(true, here.missing)
    return
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'herald-electron-'))
  try {
    const first = await startDesktop(here.executable, dataDir)
    expect(first.page.url()).toMatch(/^herald:\/\/console\//)
    expect(await first.page.evaluate(() => [typeof require, typeof process])).toEqual(['undefined', 'undefined'])
    await first.page.getByRole('link', { name: 'Clients' }).click()
    await first.page.getByRole('button', { name: 'Add client' }).first().click()
    const form = first.page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Phone' }).fill('+7 900 123-45-67')
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Anna')
    await form.getByRole('button', { name: 'Add client' }).click()
    await expect(first.page.getByRole('row', { name: /Anna/ })).toBeVisible()
    await first.app.close()

    const second = await startDesktop(here.executable, dataDir)
    await second.page.getByRole('link', { name: 'Clients' }).click()
    await expect(second.page.getByRole('row', { name: /Anna/ })).toBeVisible()
    await second.app.close()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})
