import { describe, expect, test } from 'vitest'
import {
  deliver,
  importClients,
  openTestEngine,
  temporaryFolder,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { addClients, addDelivery } from '#tests/support/factories.ts'
import { eventually, expectEachOnce, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'

const hour = 3_600_000
const instant = (at: number) => new Date(at).toISOString()

/** Waits for the wall clock. */
const untilIt = (is: number) => eventually(() => expect(Date.now()).toBeGreaterThanOrEqual(is))

describe('a later start', () => {
  test('happens automatically, and no request comes before it', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 5)

    const startsAt = Date.now() + 1_000
    const id = await deliver(engine, { startsAt: instant(startsAt) })
    expect(await engine.client.deliveries.get({ id })).toMatchObject({ status: 'scheduled', messages: { total: 0 } })
    await whenDelivery(engine, id, 'completed')
    expect(gateway.requests[0]?.at).toBeGreaterThanOrEqual(startsAt)
  })

  test('happens although the program was closed and opened in between', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 5)

    const startsAt = Date.now() + 2_500
    const id = await deliver(engine, { startsAt: instant(startsAt) })
    await engine.reopen()
    await whenDelivery(engine, id, 'completed')
    expect(gateway.requests[0]?.at).toBeGreaterThanOrEqual(startsAt)
  })
})

describe('a scheduled start', () => {
  test('takes the audience as it is at that moment', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 2)
    const id = await deliver(engine, { startsAt: instant(Date.now() + hour) })
    await engine.client.clients.create({ phone: '79990000000' })
    await engine.client.clients.delete({ id: 1 })
    await engine.client.deliveries.update({ id, startsAt: instant(Date.now() + 300) })
    await whenDelivery(engine, id, 'completed')
    expect(gateway.requests.map((request) => request.phone)).toEqual([79000000001, 79990000000])
  })

  test('that is rescheduled to later does not happen at the old time', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 2)
    const startsAt = Date.now() + 2_000
    const id = await deliver(engine, { startsAt: instant(startsAt) })
    await engine.client.deliveries.update({ id, startsAt: instant(startsAt + hour) })
    await untilIt(startsAt)
    const other = await deliver(engine, { text: 'other' })
    await whenDelivery(engine, other, 'completed')
    expect(await engine.client.deliveries.get({ id })).toMatchObject({ status: 'scheduled' })
    expectEachOnce(gateway, 2)

    await engine.client.deliveries.start({ id })
    await whenDelivery(engine, id, 'completed')
    expectEachOnce(gateway, 4)
  })
})

describe('a later start while the program is closed', () => {
  test('that was due while the program was closed happens at the next start', async () => {
    const dataDir = await temporaryFolder()
    const store = await openTestStoreIn(dataDir, Date.now)
    await addClients(store, 3)
    const id = await addDelivery(store, { startsAt: Date.now() - hour, endsAt: Date.now() + hour })
    await store.close()

    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway, { dataDir })
    await whenDelivery(engine, id, 'completed')
    expectEachOnce(gateway, 3)
  })

  test('whose whole time passed while the program was closed: no message is sent, and each is recorded as expired', async () => {
    const dataDir = await temporaryFolder()
    const store = await openTestStoreIn(dataDir, Date.now)
    await addClients(store, 3)
    const times = { startsAt: Date.now() - 2 * hour, endsAt: Date.now() - hour }
    const scheduled = await addDelivery(store, times)
    const paused = await addDelivery(store, { ...times, status: 'paused' })
    await store.close()

    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway, { dataDir })
    for (const id of [scheduled, paused])
      expect(await whenDelivery(engine, id, 'completed')).toMatchObject({
        messages: { total: 3, byStatus: { expired: 3 } },
      })
    expect(gateway.requests).toEqual([])
  })
})

test('a delivery that is paused over its start begins when it is resumed', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await importClients(engine, 3)
  const id = await deliver(engine, { startsAt: instant(Date.now() + hour) })
  await engine.client.deliveries.pause({ id })
  const startsAt = Date.now() + 200
  await engine.client.deliveries.update({ id, startsAt: instant(startsAt) })
  await untilIt(startsAt)
  const other = await deliver(engine, { text: 'other' })
  await whenDelivery(engine, other, 'completed')
  expect(await engine.client.deliveries.get({ id })).toMatchObject({ status: 'paused', startedAt: null })

  await engine.client.deliveries.resume({ id })
  await whenDelivery(engine, id, 'completed')
  expectEachOnce(gateway, 6)
})

test('a draft waits until it is put on the schedule', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await importClients(engine, 3)
  const id = await deliver(engine, { draft: true })
  const other = await deliver(engine, { text: 'other' })
  await whenDelivery(engine, other, 'completed')
  expect(await engine.client.deliveries.get({ id })).toMatchObject({ status: 'draft', messages: { total: 0 } })

  await engine.client.deliveries.schedule({ id })
  await whenCounted(engine, id, { sent: 3 })
  expectEachOnce(gateway, 6)
})

test('an end that is further away than a timer can wait for is no end', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await importClients(engine, 1)
  const far = Date.now() + 60 * 24 * hour
  const waiting = await deliver(engine, { startsAt: instant(far) })
  const id = await deliver(engine, { endsAt: instant(far) })
  await whenDelivery(engine, id, 'completed')
  expect(await engine.client.deliveries.get({ id: waiting })).toMatchObject({ status: 'scheduled' })
})
