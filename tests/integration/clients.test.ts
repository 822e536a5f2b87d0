import { describe, expect, it } from 'vitest'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import {
  addClient,
  addClients,
  addStartedDelivery,
  phoneNumber,
  settleMessages,
  testNow,
} from '#tests/support/factories.ts'
import { storeApi } from '#tests/support/store-api.ts'
import { openTestStore } from '#tests/support/test-store.ts'

describe('a client', () => {
  it('gets the operator code of the phone and the time zone of the machine by default', async () => {
    const { client } = storeApi(await openTestStore())

    const anna = await client.clients.create({ phone: '8 (900) 123-45-67', name: 'Anna', tags: ['vip', 'new', 'vip'] })
    const boris = await client.clients.create({ phone: 79011234567, operatorCode: '495', timeZone: 'Asia/Omsk' })

    expect(anna).toMatchObject({
      phone: '79001234567',
      operatorCode: '900',
      timeZone: machineTimeZone(),
      tags: ['new', 'vip'],
    })
    expect(boris).toMatchObject({
      phone: '79011234567',
      operatorCode: '495',
      timeZone: 'Asia/Omsk',
      tags: [],
      attributes: {},
    })
    await expect(client.clients.get({ id: anna.id })).resolves.toEqual(anna)
  })

  it('is rejected if a client has the phone, and the error names that client', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    const anna = await addClient(store, { phone: '79001234567', name: 'Anna' })
    const boris = await addClient(store, { phone: '79001234568' })
    const reason = `client ${anna.id} (Anna) already has the phone number 79001234567`
    const conflict = { code: 'CONFLICT', status: 409, defined: true, message: reason, data: { field: 'phone', reason } }

    await expect(client.clients.create({ phone: '+7 900 123 45 67' })).rejects.toMatchObject(conflict)
    await expect(client.clients.update({ id: boris.id, phone: '79001234567' })).rejects.toMatchObject(conflict)
    await expect(client.clients.replace({ id: boris.id, phone: '79001234567' })).rejects.toMatchObject(conflict)
    await expect(client.clients.update({ id: anna.id, phone: '79001234567' })).resolves.toMatchObject({ id: anna.id })
  })

  it('keeps fields that a change omits, and a new phone sets the operator code', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    const { id } = await addClient(store, {
      phone: '79001234567',
      operatorCode: '495',
      tags: ['vip'],
      attributes: { city: 'Омск' },
    })

    await expect(client.clients.update({ id, name: 'Анна' })).resolves.toMatchObject({
      name: 'Анна',
      operatorCode: '495',
      tags: ['vip'],
      attributes: { city: 'Омск' },
    })
    await expect(client.clients.update({ id, phone: '79021234567' })).resolves.toMatchObject({ operatorCode: '902' })
    await expect(client.clients.update({ id, phone: '79031234567', operatorCode: '111' })).resolves.toMatchObject({
      operatorCode: '111',
    })
    await expect(client.clients.update({ id, tags: [] })).resolves.toMatchObject({ tags: [], phone: '79031234567' })
  })

  it('stays as it is, to the moment of its last change, when a change names nothing', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    const before = await addClient(store, { phone: '79001234567', tags: ['vip'], now: testNow - 1000 })

    await expect(client.clients.update({ id: before.id })).resolves.toEqual(before)
    await expect(client.clients.update({ id: before.id, name: 'Anna' })).resolves.not.toMatchObject({
      updatedAt: before.updatedAt,
    })
  })

  it('replaced gets the defaults of a new client, but is not opted in by that', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    const { id, createdAt } = await addClient(store, {
      phone: '79001234567',
      operatorCode: '495',
      name: 'Anna',
      tags: ['vip'],
      attributes: { city: 'Омск' },
      optedOutAt: '2026-01-01T00:00:00Z',
    })

    await expect(client.clients.replace({ id, phone: '79001234567' })).resolves.toMatchObject({
      id,
      createdAt,
      operatorCode: '900',
      timeZone: machineTimeZone(),
      name: '',
      tags: [],
      attributes: {},
      optedOutAt: '2026-01-01T00:00:00.000Z',
    })
  })

  it.each(['get', 'update', 'delete'] as const)('that is not there cannot be %s', async (action) => {
    const { client } = storeApi(await openTestStore())
    await expect(client.clients[action]({ id: 7 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      defined: true,
      message: 'there is no client 7',
      data: { entity: 'client', id: 7 },
    })
  })

  it('that changes is published once the change is committed', async () => {
    const store = await openTestStore()
    const { client, published, woken } = storeApi(store)

    const { id } = await client.clients.create({ phone: '79001234567' })
    await client.clients.update({ id, name: 'Anna' })
    await client.clients.delete({ id })
    await expect(client.clients.delete({ id })).rejects.toThrow('there is no client')

    expect(published).toEqual(Array(3).fill({ type: 'changed', entity: 'clients' }))
    expect(woken).toEqual([])
  })
})

describe('the messages of a client who', () => {
  async function writtenTo() {
    const store = await openTestStore()
    const [anna] = await addClients(store, 2)
    if (anna === undefined) throw new Error('no client')
    const queued = await addStartedDelivery(store)
    const inFlight = await addStartedDelivery(store)
    await settleMessages(store, inFlight, 'sending', 2)
    const sent = await addStartedDelivery(store)
    await settleMessages(store, sent, 'sent', 2)
    return { store, anna, queued, inFlight, sent, ...storeApi(store) }
  }

  it('is deleted are cancelled when queued, left to the sender when in flight, and all kept', async () => {
    const { store, client, anna, queued, inFlight, sent, published, woken } = await writtenTo()

    await client.clients.delete({ id: anna.id })

    const messages = await client.messages.page({ limit: 100 })
    const states = messages.results.map(({ deliveryId, clientId, phone, status, nextAttemptAt }) => [
      deliveryId,
      clientId,
      phone,
      status,
      nextAttemptAt,
    ])
    const now = new Date(testNow).toISOString()
    expect(states).toEqual([
      [queued, null, phoneNumber(0), 'cancelled', null],
      [queued, 2, phoneNumber(1), 'queued', now],
      [inFlight, null, phoneNumber(0), 'sending', null],
      [inFlight, 2, phoneNumber(1), 'sending', null],
      [sent, null, phoneNumber(0), 'sent', null],
      [sent, 2, phoneNumber(1), 'sent', null],
    ])
    const counters = await store.sql.all('SELECT deliveryId, queued, sending, sent, cancelled FROM delivery_counters')
    expect(counters).toEqual([
      { deliveryId: queued, queued: 1, sending: 0, sent: 0, cancelled: 1 },
      { deliveryId: inFlight, queued: 0, sending: 2, sent: 0, cancelled: 0 },
      { deliveryId: sent, queued: 0, sending: 0, sent: 2, cancelled: 0 },
    ])
    expect(published).toEqual([
      { type: 'changed', entity: 'clients' },
      { type: 'changed', entity: 'deliveries' },
    ])
    expect(woken).toHaveLength(1)
  })

  it('opts out are cancelled when queued', async () => {
    const { client, anna, queued, woken } = await writtenTo()

    await client.clients.update({ id: anna.id, optedOutAt: '2026-11-23T13:00:00+03:00' })

    await expect(client.clients.get({ id: anna.id })).resolves.toMatchObject({ optedOutAt: '2026-11-23T10:00:00.000Z' })
    await expect(client.messages.list({ clientId: anna.id, status: 'cancelled' })).resolves.toMatchObject({
      items: [{ deliveryId: queued, clientId: anna.id }],
    })
    await expect(client.messages.list({ clientId: anna.id, status: 'queued' })).resolves.toMatchObject({
      items: [],
      count: 0,
    })
    expect(woken).toHaveLength(1)
  })
})

describe('facets', () => {
  it('list the existing values, and drop values that no client has any more', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    const anna = await addClient(store, {
      phone: '79000000001',
      tags: ['vip', 'old'],
      attributes: { city: 'Омск', age: '5' },
    })
    await addClient(store, { phone: '79010000002', tags: ['vip'], timeZone: 'Asia/Omsk' })
    await addClient(store, { phone: '79010000003', attributes: { 'любимый цвет': 'red' } })
    await client.clients.update({ id: anna.id, tags: ['vip'] })

    await expect(client.clients.facets()).resolves.toEqual({
      languages: [],
      operatorCodes: [
        { value: '901', clients: 2 },
        { value: '900', clients: 1 },
      ],
      tags: [{ value: 'vip', clients: 2 }],
      timeZones: [
        { value: 'Europe/Moscow', clients: 2 },
        { value: 'Asia/Omsk', clients: 1 },
      ],
      attributes: ['age', 'city', 'любимый цвет'],
    })
  })
})
