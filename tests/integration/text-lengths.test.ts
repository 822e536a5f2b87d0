import { expect, test } from 'vitest'
import { measureAudience } from '#electron/deliveries/measure-audience.ts'
import type { AudienceReads } from '#electron/store/ports/audience.ts'
import type { Store } from '#electron/store/store.ts'
import type { TextLengths, TextLengthsEvent } from '#shared/contract/text-lengths.ts'
import { everybody, type Filter } from '#shared/domain/filter.ts'
import { clientDirectory, csvOfClients } from '../support/client-directory.ts'
import { importClients, openTestEngine } from '../support/engine.ts'
import { addClient, phoneNumber } from '../support/factories.ts'
import { openTestStore } from '../support/test-store.ts'

const hello = 'Hello, {{ name }}'

/** The store's audiences. Calls `beforePage` with the number of each page before it is read. */
function audiencePages({ read: { audience } }: Store, beforePage: (page: number) => unknown): AudienceReads {
  let page = 0
  return {
    ...audience,
    async next(...query) {
      page += 1
      await beforePage(page)
      return audience.next(...query)
    },
  }
}

async function eventsOf(events: AsyncIterable<TextLengthsEvent>): Promise<TextLengthsEvent[]> {
  const heard: TextLengthsEvent[] = []
  for await (const event of events) heard.push(event)
  return heard
}

async function measure(audience: AudienceReads, text: string, filter: Filter = everybody): Promise<TextLengths> {
  const last = (await eventsOf(measureAudience(audience, { text, filter }))).at(-1)
  if (last?.kind !== 'result') throw new Error('it ended without a result')
  return last.lengths
}

test('every client of the audience is measured, each with their own values', async () => {
  const store = await openTestStore()
  await addClient(store, { phone: phoneNumber(1), name: 'A'.repeat(153) })
  await addClient(store, { phone: phoneNumber(2), name: 'A'.repeat(154), tags: ['vip'] })
  await addClient(store, { phone: phoneNumber(3), name: 'Вера' })
  expect(await measure(store.read.audience, hello)).toMatchObject({
    clients: 3,
    gsm7: 2,
    ucs2: 1,
    forcedBy: { character: 'В', client: { name: 'Вера', phone: phoneNumber(3) } },
    segments: { min: 1, max: 2, total: 4 },
    longest: { client: { phone: phoneNumber(2) }, units: 161, segments: 2 },
  })
  expect(await measure(store.read.audience, hello, { ...everybody, tags: ['vip'] })).toMatchObject({
    clients: 1,
    segments: { min: 2, max: 2, total: 2 },
  })
})

test('those who opted out get nothing, so that their texts do not count', async () => {
  const store = await openTestStore()
  await addClient(store, { phone: phoneNumber(1), name: 'Anna' })
  await addClient(store, { phone: phoneNumber(2), name: 'Вера', optedOutAt: '2026-01-01T00:00:00Z' })
  for (const text of [hello, 'Hello'])
    expect(await measure(store.read.audience, text)).toMatchObject({
      clients: 1,
      gsm7: 1,
      ucs2: 0,
      segments: { total: 1 },
    })
})

test('a client whose text fails to render is counted as such and does not affect the others', async () => {
  const store = await openTestStore()
  await addClient(store, { phone: phoneNumber(1), name: 'Anna', attributes: { city: 'Perm' } })
  await addClient(store, { phone: phoneNumber(2), name: 'Boris', attributes: { city: 'x'.repeat(6_000) } })
  await addClient(store, { phone: phoneNumber(3), name: 'Vera' })
  expect(await measure(store.read.audience, '{{ city }}{{ city }}')).toEqual({
    clients: 3,
    gsm7: 1,
    ucs2: 0,
    empty: 1,
    failed: 1,
    failure: {
      client: { id: 2, name: 'Boris', phone: phoneNumber(2) },
      error: { code: 'template_result_too_long', params: { max: 10_000 } },
    },
    forcedBy: null,
    segments: { min: 1, max: 1, total: 1 },
    longest: { client: { id: 1, name: 'Anna', phone: phoneNumber(1) }, units: 8, segments: 1 },
  })
})

test('no clients have no segments', async () => {
  const store = await openTestStore()
  for (const text of [hello, 'Hello'])
    expect(await measure(store.read.audience, text)).toMatchObject({ clients: 0, segments: null, longest: null })
})

test('a text without variables is rendered once, however many get it', async () => {
  const { store, importCsv } = await clientDirectory()
  await importCsv(csvOfClients(2500))
  let pages = 0
  const audience = audiencePages(store, (page) => {
    pages = page
  })
  expect(await measure(audience, 'я'.repeat(71))).toMatchObject({
    clients: 2500,
    ucs2: 2500,
    segments: { min: 2, max: 2, total: 5000 },
  })
  expect(pages).toBe(1)
})

test('a client who joins, leaves, changes or opts out meanwhile is counted as found, and nobody twice', async () => {
  const { store, importCsv, client } = await clientDirectory()
  await importCsv(csvOfClients(2200))
  const audience = audiencePages(store, async (page) => {
    if (page !== 2) return
    await client.clients.delete({ id: 10 }) // met before
    await client.clients.delete({ id: 1500 })
    await client.clients.update({ id: 1501, optedOutAt: '2026-01-01T00:00:00Z' })
    await client.clients.update({ id: 20, name: 'Вера' }) // met before
    await client.clients.update({ id: 1502, name: 'Вера' })
    await client.clients.create({ phone: '79990000001', name: 'Newcomer' })
  })
  const events = await eventsOf(measureAudience(audience, { text: hello, filter: everybody }))
  expect(events[0]).toEqual({ kind: 'progress', measured: 0, clients: 2200 })
  expect(events.at(-1)).toMatchObject({
    kind: 'result',
    lengths: { clients: 2199, gsm7: 2198, ucs2: 1, forcedBy: { client: { id: 1502 } }, segments: { total: 2199 } },
  })
})

test('a last page that is full ends it as well', async () => {
  const { store, importCsv } = await clientDirectory()
  await importCsv(csvOfClients(2000))
  expect(await measure(store.read.audience, hello)).toMatchObject({ clients: 2000 })
})

test('a signal stops it in the middle, and nothing more is read', async () => {
  const { store, importCsv } = await clientDirectory()
  await importCsv(csvOfClients(3500))
  const leaving = new AbortController()
  const pages: number[] = []
  const audience = audiencePages(store, (page) => {
    pages.push(page)
    if (page === 2) leaving.abort(new Error('the operator typed on'))
  })
  const events = eventsOf(measureAudience(audience, { text: hello, filter: everybody }, leaving.signal))
  await expect(events).rejects.toThrow('the operator typed on')
  expect(pages).toEqual([1, 2])
})

test('leaving the stream stops it', async () => {
  const { store, importCsv } = await clientDirectory()
  await importCsv(csvOfClients(1500))
  let pages = 0
  const audience = audiencePages(store, (page) => {
    pages = page
  })
  for await (const event of measureAudience(audience, { text: hello, filter: everybody })) {
    expect(event).toEqual({ kind: 'progress', measured: 0, clients: 1500 })
    break
  }
  expect(pages).toBe(0)
})

test('other calls are answered while it counts', async () => {
  const engine = await openTestEngine(null)
  await importClients(engine, 5000)
  const ends: string[] = []
  const events = await engine.client.deliveries.lengths({ text: hello, filter: {} })
  await events.next()
  await Promise.all([
    eventsOf(events).then((heard) => ends.push(heard.at(-1)?.kind ?? 'nothing')),
    engine.client.settings.get().then(() => ends.push('settings')),
  ])
  expect(ends).toEqual(['settings', 'result'])
})

test('a text that renders slowly does not block other calls', async () => {
  const { store, importCsv } = await clientDirectory()
  await importCsv(csvOfClients(900))
  let turns = 0
  let isOver = false
  const takeTurn = (): void => {
    turns += 1
    if (!isOver) setImmediate(takeTurn)
  }
  // All of them stand on one page: what others get of the thread, they get between their texts.
  const audience: AudienceReads = {
    ...store.read.audience,
    async next(...query) {
      const members = await store.read.audience.next(...query)
      setImmediate(takeTurn)
      return members
    },
  }
  await measure(audience, '{{ name }}'.repeat(900))
  isOver = true
  expect(turns).toBeGreaterThan(3)
})

test('a text that does not parse is refused with the place of its mistake', async () => {
  const engine = await openTestEngine(null)
  const events = await engine.client.deliveries.lengths({ text: 'Hello, {{ name', filter: {} })
  await expect(events.next()).rejects.toMatchObject({
    code: 'VALIDATION',
    data: { issues: [{ path: 'text', message: expect.stringMatching(/^line 1, column 8: /) }] },
  })
})
