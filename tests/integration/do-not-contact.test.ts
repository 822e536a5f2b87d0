import { describe, expect, it } from 'vitest'
import { clientDirectory, csvFile } from '#tests/support/client-directory.ts'
import { deliver, importClients, openTestEngine, whenCounted, whenDelivery } from '#tests/support/engine.ts'
import {
  addClient,
  addClients,
  addStartedDelivery,
  phoneNumber,
  settleMessages,
  testNow,
} from '#tests/support/factories.ts'
import { heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { whenLogged } from '#tests/support/log-files.ts'
import { settableClock } from '#tests/support/settable-clock.ts'
import { storeApi } from '#tests/support/store-api.ts'
import { openTestStore } from '#tests/support/test-store.ts'

const now = new Date(testNow).toISOString()

/** A file that fails after its encoding was detected and its first piece was read. */
function vanishingFile(content: string): File {
  const file = csvFile(content)
  let begun = 0
  return Object.assign(file, {
    slice(from: number, to: number): Blob {
      if (from === 0 && to > 2) begun += 1
      if (from > 0 && begun === 2) throw new Error('the disk is gone')
      return File.prototype.slice.call(file, from, to)
    },
  })
}

describe('a pasted list', () => {
  it('opts out known clients, lists the other phones, and reports unreadable lines', async () => {
    const { client, store, published } = await clientDirectory()
    await addClients(store, 2)
    await addClient(store, { phone: phoneNumber(2), optedOutAt: '2026-01-01T00:00:00Z' })
    const pasted = `${phoneNumber(0)}\n8 (900) 000-00-02; +7 900 000-00-09\n${phoneNumber(0)}\n\n790000000\n`

    const report = await client.clients.optOut({ phones: pasted })

    expect(report).toEqual({
      total: 5,
      marked: 1,
      already: 2,
      remembered: 1,
      refused: 1,
      refusals: [
        {
          line: 5,
          field: 'phone',
          value: '790000000',
          code: 'phone_length',
          params: {},
          reason: expect.stringContaining('11 digits'),
        },
      ],
      cancelledMessages: 0,
    })
    const { results } = await client.clients.page({ limit: 10, offset: 0 })
    expect(results.map(({ phone, optedOutAt }) => [phone, optedOutAt])).toEqual([
      [phoneNumber(0), now],
      [phoneNumber(1), null],
      [phoneNumber(2), '2026-01-01T00:00:00.000Z'],
    ])
    expect(published).toEqual([{ type: 'changed', entity: 'clients' }])
  })

  it('may be a plain list, and may be added again', async () => {
    const { client } = await clientDirectory()
    const phones = [phoneNumber(1), phoneNumber(2)]
    await expect(client.clients.optOut({ phones })).resolves.toMatchObject({ total: 2, remembered: 2, already: 0 })
    await expect(client.clients.optOut({ phones })).resolves.toMatchObject({ total: 2, remembered: 0, already: 2 })
  })

  it.each([
    ['a CSV file with a header', `Имя;Телефон\nАнна;${phoneNumber(0)}\nБорис;+7 900 000-00-01\n`],
    ['a CSV file with quotation marks', `name,phone\n"Smith, Anna","${phoneNumber(0)}"\n"B",${phoneNumber(1)}\n`],
    ['a file of phones', `\uFEFF${phoneNumber(0)}\r\n${phoneNumber(1)}\r\n`],
  ])('may be %s', async (_what, content) => {
    const { client } = await clientDirectory()
    const report = await client.clients.optOut({ phones: csvFile(content) })
    expect(report).toMatchObject({ total: 2, remembered: 2, refused: 0 })
  })

  it('that is interrupted has reported every client that it opted out', async () => {
    const { client, store, importCsv, woken, published } = await clientDirectory()
    const count = 15_000
    const phones = Array.from({ length: count }, (_, n) => phoneNumber(n)).join('\n')
    await importCsv(`phone\n${phones}`)
    await addStartedDelivery(store)
    published.length = 0
    woken.length = 0

    await expect(client.clients.optOut({ phones: vanishingFile(phones) })).rejects.toMatchObject({ code: 'VALIDATION' })

    const { count: listed } = await client.doNotContact.list({ limit: 1 })
    expect(listed).toBeGreaterThan(0)
    expect(listed).toBeLessThan(count)
    expect(published).toEqual([
      { type: 'changed', entity: 'clients' },
      { type: 'changed', entity: 'deliveries' },
    ])
    expect(woken).toHaveLength(1)
  })

  it('of many thousands is added in chunks, with their queued messages cancelled and counted', async () => {
    const { client, store, importCsv, woken, published } = await clientDirectory()
    const count = 4_500
    await importCsv(['phone', ...Array.from({ length: count }, (_, n) => phoneNumber(n))].join('\n'))
    const first = await addStartedDelivery(store)
    const second = await addStartedDelivery(store)
    await settleMessages(store, second, 'sent', 100)
    published.length = 0
    const phones = Array.from({ length: count + 500 }, (_, n) => phoneNumber(n + 500))

    const report = await client.clients.optOut({ phones: csvFile(phones.join('\n')) })

    expect(report).toMatchObject({ total: count + 500, marked: 4_000, remembered: 1_000, cancelledMessages: 8_000 })
    const counters = await store.sql.all('SELECT queued, sent, cancelled FROM delivery_counters ORDER BY deliveryId')
    expect(counters).toEqual([
      { queued: 500, sent: 0, cancelled: 4_000 },
      { queued: 400, sent: 100, cancelled: 4_000 },
    ])
    expect([first, second]).toEqual([1, 2])
    expect(published).toEqual([
      { type: 'changed', entity: 'clients' },
      { type: 'changed', entity: 'deliveries' },
    ])
    expect(woken).toHaveLength(1)
  })
})

describe('a phone on the list', () => {
  it('opts out a client who is added or imported with it, from the start', async () => {
    const { client, importCsv, everybody } = await clientDirectory()
    await client.clients.optOut({ phones: [phoneNumber(1), phoneNumber(2)] })

    await client.clients.create({ phone: phoneNumber(1) })
    await importCsv(`phone\n${phoneNumber(2)}\n${phoneNumber(3)}`)

    expect((await everybody()).map(({ phone, optedOutAt }) => [phone, optedOutAt])).toEqual([
      [phoneNumber(1), now],
      [phoneNumber(2), now],
      [phoneNumber(3), null],
    ])
    await expect(client.clients.page({ optedOut: true })).resolves.toMatchObject({ count: 2 })
  })

  it('opts out a client that gets a listed phone later, and keeps the phone of one that changes it', async () => {
    const { client, store } = await clientDirectory()
    await client.clients.optOut({ phones: [phoneNumber(1)] })
    const { id } = await addClient(store, { phone: phoneNumber(0) })

    // A form sends every field, also those that it did not change.
    await client.clients.update({ id, phone: phoneNumber(1), optedOutAt: null })
    await expect(client.clients.get({ id })).resolves.toMatchObject({ optedOutAt: now })

    await client.clients.update({ id, phone: phoneNumber(2) })
    await expect(client.clients.get({ id })).resolves.toMatchObject({ optedOutAt: now })
    await expect(phonesOf(client)).resolves.toEqual([phoneNumber(2), phoneNumber(1)])
  })

  it('outlives its client', async () => {
    const { client, store, importCsv, everybody } = await clientDirectory()
    const { id } = await addClient(store, { phone: phoneNumber(0) })
    await client.clients.update({ id, optedOutAt: now })
    await client.clients.delete({ id })
    await importCsv(`phone\n${phoneNumber(0)}`)
    expect(await everybody()).toMatchObject([{ optedOutAt: now }])
  })

  it('is removed when its client opts in, but not when an update omits the field', async () => {
    const { client, store } = await clientDirectory()
    const { id } = await addClient(store, { phone: phoneNumber(0), optedOutAt: now })
    await client.clients.replace({ id, phone: phoneNumber(0) })
    await client.clients.update({ id, name: 'Anna' })
    await expect(phonesOf(client)).resolves.toEqual([phoneNumber(0)])

    await client.clients.update({ id, optedOutAt: null })
    await expect(phonesOf(client)).resolves.toEqual([])
    await expect(client.clients.get({ id })).resolves.toMatchObject({ optedOutAt: null })

    await client.clients.update({ id, optedOutAt: now })
    await client.clients.replace({ id, phone: phoneNumber(0), optedOutAt: null })
    await expect(phonesOf(client)).resolves.toEqual([])
  })

  it('can be removed in any spelling, and its client gets messages again', async () => {
    const { client, store, published } = await clientDirectory()
    const { id } = await addClient(store, { phone: phoneNumber(0), optedOutAt: now })
    await client.doNotContact.remove({ phone: '8 (900) 000-00-00' })
    await expect(client.clients.get({ id })).resolves.toMatchObject({ optedOutAt: null })
    expect(published).toEqual([{ type: 'changed', entity: 'clients' }])
    await expect(client.doNotContact.remove({ phone: phoneNumber(0) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: '79000000000 is not on the do-not-contact list',
    })
  })
})

describe('the list', () => {
  it('is listed in pages, newest first, with the client of each phone', async () => {
    const clock = settableClock()
    const store = await openTestStore(clock.now)
    const { client } = storeApi(store, clock)
    const anna = await addClient(store, { phone: phoneNumber(3), name: 'Anna' })
    await client.clients.optOut({ phones: [phoneNumber(1), phoneNumber(2)] })
    clock.advance(1_000)
    await client.clients.optOut({ phones: [phoneNumber(3)] })

    const first = await client.doNotContact.list({ limit: 2 })
    expect(first).toMatchObject({
      count: 3,
      items: [
        { phone: phoneNumber(3), addedAt: '2026-11-23T10:00:01.000Z', clientId: anna.id, name: 'Anna' },
        { phone: phoneNumber(2), addedAt: now, clientId: null, name: null },
      ],
    })
    const rest = await client.doNotContact.list({ limit: 2, cursor: first.nextCursor ?? '' })
    expect(rest).toMatchObject({ count: 3, items: [{ phone: phoneNumber(1) }], nextCursor: null })
    await expect(client.doNotContact.page({ limit: 1, offset: 2 })).resolves.toMatchObject({
      count: 3,
      next: null,
      previous: '?limit=1&offset=1',
      results: [{ phone: phoneNumber(1) }],
    })
  })

  it.each([
    ['8 900 000-00-02', [phoneNumber(2)]],
    ['000-01', [phoneNumber(1)]],
    ['nobody', []],
  ])('searched for %j shows %j', async (search, phones) => {
    const { client } = await clientDirectory()
    await client.clients.optOut({ phones: [phoneNumber(1), phoneNumber(2)] })
    const { items } = await client.doNotContact.list({ search })
    expect(items.map((item) => item.phone)).toEqual(phones)
  })
})

describe('in the middle of a delivery', () => {
  it('a list cancels queued messages, is logged, and the delivery completes', async () => {
    const held = heldBack()
    const gateway = await openFakeGateway(held.script)
    const engine = await openTestEngine(gateway)
    await engine.client.gateway.update({ concurrency: 2 })
    await importClients(engine, 10)
    const id = await deliver(engine)
    await gateway.received(2)

    const report = await engine.client.clients.optOut({ phones: Array.from({ length: 10 }, (_, n) => phoneNumber(n)) })
    expect(report).toMatchObject({ marked: 10, cancelledMessages: 8 })
    held.release()

    const delivery = await whenDelivery(engine, id, 'completed')
    expect(delivery.messages.byStatus).toMatchObject({ sent: 2, cancelled: 8 })
    expect(gateway.requests).toHaveLength(2)
    await whenLogged(engine.dataDir, 'client=10', 'status=opted_out', 'by=operator')
    await whenLogged(engine.dataDir, `delivery=${id}`, 'client=10', 'status=cancelled')
  })

  it('a message does not go to a listed phone even when its client has another by now', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 1)
    const id = await deliver(engine, { draft: true })
    await engine.client.deliveries.update({ id, ratePerSecond: 1 })
    await engine.client.gateway.update({ concurrency: 1 })
    gateway.answer(() => ({ status: 429, headers: { 'retry-after': '1' } }))
    await engine.client.deliveries.start({ id })
    await gateway.received(1)
    await whenCounted(engine, id, { queued: 1, sending: 0 })
    await engine.client.clients.update({ id: 1, phone: phoneNumber(50) })
    await engine.client.clients.optOut({ phones: [phoneNumber(0)] })

    const delivery = await whenDelivery(engine, id, 'completed')
    expect(delivery.messages.byStatus).toMatchObject({ cancelled: 1 })
    expect(gateway.requests).toHaveLength(1)
    await expect(engine.client.clients.get({ id: 1 })).resolves.toMatchObject({ optedOutAt: null })
  })
})

async function phonesOf(client: Awaited<ReturnType<typeof clientDirectory>>['client']): Promise<string[]> {
  const { items } = await client.doNotContact.list({})
  return items.map((item) => item.phone)
}
