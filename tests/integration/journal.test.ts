import { expect, test } from 'vitest'
import { deliver, openTestEngine, whenDelivery } from '#tests/support/engine.ts'
import { addClient, phoneNumber } from '#tests/support/factories.ts'
import { openFakeGateway } from '#tests/support/fake-gateway.ts'
import { openTestStore, watchedReads } from '#tests/support/test-store.ts'

const startsAt = '2030-01-01T10:00:00.000Z'
const endsAt = '2030-01-02T10:00:00.000Z'

test('every change by the user is recorded with the values before and after', async () => {
  const { client } = await openTestEngine(null)
  const { id } = await client.clients.create({
    phone: phoneNumber(1),
    name: 'Anna',
    tags: ['vip'],
    timeZone: 'Asia/Omsk',
  })
  await client.clients.update({ id, name: 'Anna B.', tags: ['vip', 'new'], attributes: { city: 'Omsk' } })
  // Nothing changes, and nothing is recorded.
  await client.clients.update({ id, name: 'Anna B.' })
  const sale = await client.deliveries.create({ name: 'Sale', text: 'Hello', startsAt, endsAt })
  await client.deliveries.update({ id: sale.id, text: 'Good evening', window: { from: '10:00', to: '18:00' } })
  await client.gateway.update({ token: 'another-token', concurrency: 7 })
  await client.settings.update({ theme: 'dark' })
  await client.clients.delete({ id })
  await client.deliveries.delete({ id: sale.id })

  const { items } = await client.journal.list({})
  const recorded = items.map(({ clientId, deliveryId, settings, status, by, changes }) => ({
    about: settings ?? (clientId === null ? `delivery ${deliveryId}` : `client ${clientId}`),
    status,
    by,
    ...Object.fromEntries(changes.map(({ field, before, after }) => [field, [before, after]])),
  }))
  const by = 'operator'
  expect(recorded).toEqual([
    { about: 'delivery 1', status: 'deleted', by, name: ['Sale', null], text: ['Good evening', null] },
    {
      about: 'client 1',
      status: 'deleted',
      by,
      phone: [phoneNumber(1), null],
      operatorCode: ['900', null],
      name: ['Anna B.', null],
      tags: ['new, vip', null],
      timeZone: ['Asia/Omsk', null],
      attributes: ['city: Omsk', null],
    },
    { about: 'console', status: null, by, theme: ['system', 'dark'] },
    { about: 'gateway', status: null, by, sealedToken: [null, null], concurrency: ['32', '7'] },
    {
      about: 'client 1',
      status: null,
      by,
      name: ['Anna', 'Anna B.'],
      tags: ['vip', 'new, vip'],
      attributes: [null, 'city: Omsk'],
    },
    {
      about: 'client 1',
      status: 'created',
      by,
      phone: [null, phoneNumber(1)],
      operatorCode: [null, '900'],
      name: [null, 'Anna'],
      tags: [null, 'vip'],
      timeZone: [null, 'Asia/Omsk'],
    },
  ])
})

test('automatic changes and single messages are not recorded', async () => {
  const engine = await openTestEngine(await openFakeGateway())
  const { client } = engine
  await client.clients.create({ phone: phoneNumber(1) })
  await whenDelivery(engine, await deliver(engine), 'completed')
  expect((await client.journal.list({})).items.map(({ status }) => status)).toEqual(['scheduled', 'created'])
})

test('it is read page by page, of one client or delivery, and of a time', async () => {
  const { client } = await openTestEngine(null)
  for (let n = 1; n <= 3; n += 1) await client.clients.create({ phone: phoneNumber(n) })
  await client.deliveries.create({ text: 'Hello', startsAt, endsAt })
  const { items, count } = await client.journal.list({})
  expect(count).toBe(4)
  const first = await client.journal.list({ limit: 3 })
  const second = await client.journal.list({ limit: 3, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...second.items]).toEqual(items)
  expect(second.nextCursor).toBeNull()

  expect((await client.journal.list({ clientId: 2 })).items).toEqual([items[2]])
  expect((await client.journal.list({ deliveryId: 1 })).items).toEqual([items[0]])
  await expect(client.journal.list({ until: items.at(-1)?.at })).resolves.toMatchObject({ count: 0 })
  await expect(client.journal.list({ since: items.at(-1)?.at })).resolves.toMatchObject({ count: 4 })
  await expect(client.journal.page({ clientId: 3, limit: 1 })).resolves.toEqual({
    count: 1,
    next: null,
    previous: null,
    results: [items[1]],
  })
  await expect(client.journal.list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'VALIDATION' })
})

test('it is found by its index', async () => {
  const store = await openTestStore()
  await addClient(store, { phone: phoneNumber(1) })
  const { reads, plans } = watchedReads(store)
  await reads.journal.list({ limit: 10 })
  for (const { steps } of await plans()) expect(steps.join()).toMatch(/USING (COVERING )?INDEX activity_journal/)
})
