import { expect, type Page, test } from '@playwright/test'
import { openAddress } from './e2e-console.ts'
import { addClients, addCrowd, theirFilter } from './e2e-directory.ts'
import { accepted, type FakeGateway } from './loopback-gateway.ts'
import type { WebProgram } from './web-program.ts'

export interface Place {
  /** The route that it shows, as in `renderer/routes.tsx`. */
  readonly route: string
  readonly address?: string
  /** Opens the layer on it first. */
  readonly prepare?: (page: Page) => Promise<void>
}

/** Every screen, and every layer above it. */
export const places: readonly Place[] = [
  { route: '', address: '/' },
  { route: 'deliveries' },
  { route: 'deliveries/new' },
  {
    route: 'deliveries/new',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Templates|^Шаблоны/ }).click()
      await dialog(page)
    },
  },
  {
    route: 'deliveries/new',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(End|Окончание)/ }).click()
      await dialog(page)
    },
  },
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
  {
    route: 'statistics',
    address: '/statistics?view=period',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Period|^Период/ }).click()
      await dialog(page)
    },
  },
  { route: 'statistics', address: '/statistics?view=comparison' },
  { route: 'statistics', address: '/statistics?view=comparison&course=table' },
  { route: 'deliveries/:id', address: '/deliveries/1?timeline=table' },
  { route: 'activity' },
  { route: 'activity', address: '/activity?view=log' },
  { route: 'settings' },
  { route: '*', address: '/nowhere' },
  {
    route: '',
    address: '/',
    prepare: async (page) => {
      await page.keyboard.press('ControlOrMeta+k')
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

/** Opens a place with its layer, and waits until both are shown. */
export async function openPlace(page: Page, herald: WebProgram, place: Place): Promise<void> {
  await openAddress(page, herald, addressOf(place))
  await page.getByRole('heading', { level: 1 }).waitFor()
  await place.prepare?.(page)
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0)
}

/** The name of a place in a test step. */
export function placeName(place: Place): string {
  return place.prepare === undefined ? addressOf(place) : `${addressOf(place)}, with what opens above it`
}

/** Closes the layer above a place. */
export async function leavePlace(page: Page, { prepare }: Place): Promise<void> {
  if (prepare === undefined) return
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** Creates data for every place: clients, a delivery with failures, a scheduled one, a segment, a listed phone. */
export async function fillPlaces(herald: WebProgram, gateway: FakeGateway): Promise<void> {
  await addClients(herald, 12)
  await addCrowd(herald)
  await herald.client.backups.make()
  gateway.answer(({ id }) => (id % 4 === 0 ? { status: 400 } : accepted))
  await herald.client.deliveries.create({ name: 'Bills', text: 'Your bill is ready', filter: theirFilter })
  await gateway.received(12)
  const startsAt = new Date(Date.now() + 3_600_000).toISOString()
  await herald.client.deliveries.create({ name: 'News', text: 'Hello', startsAt })
  await herald.client.segments.create({
    name: 'Regulars',
    filter: { tags: ['all'], operatorCodes: ['900'], excludeTags: ['test'] },
  })
  await herald.client.clients.optOut({ phones: '79000000001' })
}

/** Prepares a tour of all places: creates their data and allows the error about the one client that does not exist. */
export async function beginTour(story: {
  readonly herald: WebProgram
  readonly gateway: FakeGateway
  expectComplaint(complaint: RegExp, reason: string): void
}): Promise<void> {
  test.slow()
  story.expectComplaint(/404 .*clients\/get/, 'one of the places is a client who is not there')
  await fillPlaces(story.herald, story.gateway)
}

function addressOf({ route, address = `/${route}` }: Place): string {
  return address
}
