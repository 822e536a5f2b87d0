import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openAddress, openConsole } from '../support/e2e-console.ts'
import { addClients } from '../support/e2e-directory.ts'
import { expect, test } from '../support/e2e-story.ts'
import { accepted } from '../support/loopback-gateway.ts'

interface Place {
  /** The route that it shows, as it stands in `renderer/routes.tsx`. */
  readonly route: string
  readonly address?: string
  /** What is opened on it first. */
  readonly prepare?: (page: Page) => Promise<void>
}

/** Every screen, and what opens above it. */
const places: readonly Place[] = [
  { route: '', address: '/' },
  { route: 'deliveries' },
  { route: 'deliveries/new' },
  { route: 'deliveries/:id/edit', address: '/deliveries/2/edit' },
  { route: 'deliveries/:id', address: '/deliveries/1?status=failed' },
  { route: 'deliveries/:id', address: '/deliveries/1?status=failed', prepare: openRow },
  { route: 'clients' },
  { route: 'clients', address: '/clients?client=1', prepare: dialog },
  { route: 'clients', address: '/clients?client=new', prepare: dialog },
  { route: 'clients/import' },
  { route: 'clients/:id', address: '/clients/1' },
  { route: 'clients/:id', address: '/clients/999' },
  { route: 'segments' },
  { route: 'segments/new' },
  { route: 'segments/:id', address: '/segments/1' },
  { route: 'do-not-contact' },
  { route: 'do-not-contact/add' },
  { route: 'statistics' },
  { route: 'statistics', address: '/statistics?view=period&days=table' },
  { route: 'statistics', address: '/statistics?view=comparison' },
  { route: 'activity' },
  { route: 'activity', address: '/activity?view=log' },
  { route: 'settings' },
  { route: '*', address: '/nowhere' },
  {
    route: '',
    address: '/',
    prepare: async (page) => {
      await page.keyboard.press('Control+k')
      await dialog(page)
    },
  },
  {
    route: '',
    address: '/',
    prepare: async (page) => {
      await page.keyboard.press('?')
      await dialog(page)
    },
  },
]

async function dialog(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toBeVisible()
}

async function openRow(page: Page): Promise<void> {
  await page.getByRole('row').nth(1).click()
  await dialog(page)
}

test('every route of the console is looked at', () => {
  const routes = readFileSync(join(import.meta.dirname, '../../renderer/routes.tsx'), 'utf8')
  const paths = [...routes.matchAll(/path: '([^']+)'/g)].map(([, path]) => path)
  expect(paths.length).toBeGreaterThan(5)
  expect([...new Set(places.map(({ route }) => route))].sort()).toEqual(['', ...paths].sort())
})

test('axe finds nothing on any screen, nor in either theme', async ({ page, herald, gateway, expectComplaint }) => {
  test.slow()
  expectComplaint(/404 .*clients\/get/, 'one of the places is a client who is not there')
  await addClients(herald, 12)
  gateway.answer(({ id }) => (id % 4 === 0 ? { status: 400 } : accepted))
  await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready' })
  await gateway.received(12)
  const startsAt = new Date(Date.now() + 3_600_000).toISOString()
  await herald.client.deliveries.create({ name: 'News', text: 'Hello', startsAt })
  await herald.client.segments.create({
    name: 'Regulars',
    filter: { tags: ['all'], operatorCodes: ['900'], excludeTags: ['test'] },
  })
  await herald.client.clients.optOut({ phones: '79000000001' })
  await herald.client.settings.update({ theme: 'light', language: 'en' })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openConsole(page, herald)

  for (const { route, address = `/${route}`, prepare } of places)
    await test.step(prepare === undefined ? address : `${address}, with what opens above it`, async () => {
      await openAddress(page, herald, address)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await prepare?.(page)
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0)
      for (const theme of ['light', 'dark'] as const) {
        await page.evaluate((name) => document.documentElement.setAttribute('data-mantine-color-scheme', name), theme)
        // Nothing but colours differs between the themes.
        // There are no frames here, for which it would put its findings together in a page of its own each time.
        const axe = new AxeBuilder({ page }).setLegacyMode()
        const { violations } = await (theme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze()
        const told = violations.map(
          ({ id, help, nodes }) => `${id}: ${help}, at ${nodes.map(({ html }) => html).join(' ')}`,
        )
        expect.soft(told, `${address} (${theme})`).toEqual([])
      }
      if (prepare === undefined) return
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    })
})
