import { describe, expect, test } from 'vitest'
import { everybody } from '#shared/domain/filter.ts'
import {
  deliver,
  importClients,
  messagesOf,
  openTestEngine,
  type TestEngine,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { accepted, after, eventually, expectEachOnce, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'

const hour = 3_600_000
const inOneHour = () => new Date(Date.now() + hour).toISOString()

/** Starts a delivery of 200 messages, four at a time. */
async function onItsWay() {
  const gateway = await openFakeGateway(() => after(10))
  const engine = await openTestEngine(gateway)
  await engine.client.gateway.update({ concurrency: 4 })
  await importClients(engine, 200)
  const id = await deliver(engine, { text: 'first' })
  await gateway.received(20)
  return { gateway, engine, id }
}

/** Lets another delivery go out completely: anything else that was due has had its chance. */
async function othersGoOut(engine: TestEngine, text: string): Promise<void> {
  const other = await deliver(engine, { text })
  await whenDelivery(engine, other, 'completed')
}

describe('pause', () => {
  test('stops new requests, and resume continues where it stopped', async () => {
    const { gateway, engine, id } = await onItsWay()

    expect(await engine.client.deliveries.pause({ id })).toMatchObject({ status: 'paused' })
    await whenCounted(engine, id, { sending: 0 })
    const { messages } = await engine.client.deliveries.get({ id })
    await othersGoOut(engine, 'second')

    expect(await engine.client.deliveries.get({ id })).toMatchObject({ status: 'paused', messages })
    expect(messages.byStatus).toMatchObject({ queued: 200 - messages.byStatus.sent })
    expect(gateway.requests.filter((request) => request.text === 'first')).toHaveLength(messages.byStatus.sent)

    await engine.client.deliveries.resume({ id })
    await whenDelivery(engine, id, 'completed')
    expectEachOnce(gateway, 400)
  })

  test('takes effect at once: no message is claimed after it', async () => {
    const { engine, id } = await onItsWay()
    const paused = await engine.client.deliveries.pause({ id })
    await whenCounted(engine, id, { sending: 0 })
    const { messages } = await engine.client.deliveries.get({ id })
    expect(messages.byStatus.queued).toBe(paused.messages.byStatus.queued)
  })

  test('holds over a restart', async () => {
    const { gateway, engine, id } = await onItsWay()
    await engine.client.deliveries.pause({ id })
    await engine.reopen()
    await othersGoOut(engine, 'second')
    expect(await engine.client.deliveries.get({ id })).toMatchObject({ status: 'paused' })

    await engine.client.deliveries.resume({ id })
    await whenDelivery(engine, id, 'completed')
    expectEachOnce(gateway, 400)
  })

  test('when nothing is left to send, the delivery is completed', async () => {
    const held = heldBack()
    const gateway = await openFakeGateway(held.script)
    const engine = await openTestEngine(gateway)
    await importClients(engine, 3)
    const id = await deliver(engine)
    await gateway.received(3)

    await engine.client.deliveries.pause({ id })
    held.release()
    await whenDelivery(engine, id, 'completed')
  })
})

test('cancel is final: the queue is cancelled, what is in flight keeps its own result', async () => {
  const { gateway, engine, id } = await onItsWay()

  const cancelled = await engine.client.deliveries.cancel({ id })
  expect(cancelled).toMatchObject({ status: 'cancelled', finishedAt: expect.any(String) })
  expect(cancelled.messages.byStatus).toMatchObject({ queued: 0 })
  await whenCounted(engine, id, { sending: 0 })
  const { messages } = await engine.client.deliveries.get({ id })
  await othersGoOut(engine, 'second')

  const { sent } = messages.byStatus
  expect(messages).toMatchObject({ total: 200, byStatus: { cancelled: 200 - sent } })
  expect(gateway.requests.filter((request) => request.text === 'first')).toHaveLength(sent)
  expect(sent).toBeGreaterThanOrEqual(20)
  for (const action of ['start', 'pause', 'resume', 'cancel', 'schedule'] as const)
    await expect(engine.client.deliveries[action]({ id })).rejects.toMatchObject({ code: 'CONFLICT', status: 409 })
})

test('a failure that arrives after the cancel is not retried', async () => {
  const held = heldBack({ status: 503 })
  const gateway = await openFakeGateway(held.script)
  const engine = await openTestEngine(gateway)
  await importClients(engine, 3)
  const id = await deliver(engine)
  await gateway.received(3)

  await engine.client.deliveries.cancel({ id })
  gateway.answer(() => accepted)
  held.release()
  await whenCounted(engine, id, { sending: 0, cancelled: 3 })
  await othersGoOut(engine, 'second')
  expect(gateway.requests).toHaveLength(6)
})

test('a delivery that is deleted while it goes out leaves nothing behind', async () => {
  const held = heldBack({ status: 503 })
  const gateway = await openFakeGateway(held.script)
  const engine = await openTestEngine(gateway)
  await engine.client.gateway.update({ concurrency: 4 })
  await importClients(engine, 20)
  const id = await deliver(engine)
  await gateway.received(4)

  await engine.client.deliveries.delete({ id })
  gateway.answer(() => accepted)
  held.release()
  await othersGoOut(engine, 'second')

  await expect(engine.client.deliveries.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await engine.client.messages.page({ deliveryId: id })).toMatchObject({ count: 0, results: [] })
  expect(await engine.client.statistics.general()).toMatchObject({ deliveries: { total: 1 }, messages: { total: 20 } })
  // No id is ever used for another message: the gateway knows it.
  expectEachOnce(gateway, 24)
})

test('a client that opts out or is deleted meanwhile receives nothing', async () => {
  const held = heldBack()
  const gateway = await openFakeGateway(held.script)
  const engine = await openTestEngine(gateway)
  await engine.client.gateway.update({ concurrency: 1 })
  await importClients(engine, 5)
  const id = await deliver(engine)
  await gateway.received(1)

  await engine.client.clients.update({ id: 3, optedOutAt: new Date().toISOString() })
  await engine.client.clients.delete({ id: 4 })
  held.release()
  await whenDelivery(engine, id, 'completed')

  const messages = await messagesOf(engine, id)
  expect(messages.map(({ clientId, status }) => [clientId, status])).toEqual([
    [1, 'sent'],
    [2, 'sent'],
    [3, 'cancelled'],
    [null, 'cancelled'],
    [5, 'sent'],
  ])
  expectEachOnce(gateway, 3)
})

test('a client that opted out and in again receives later deliveries', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await importClients(engine, 1)
  await engine.client.clients.update({ id: 1, optedOutAt: new Date().toISOString() })
  const first = await deliver(engine)
  expect(await whenDelivery(engine, first, 'completed')).toMatchObject({ messages: { total: 0 } })
  await engine.client.clients.update({ id: 1, optedOutAt: null })
  const second = await deliver(engine)
  expect(await whenDelivery(engine, second, 'completed')).toMatchObject({ messages: { byStatus: { sent: 1 } } })
})

describe('a delivery is completed', () => {
  test('at once when it has no recipients', async () => {
    const engine = await openTestEngine(await openFakeGateway())
    const id = await deliver(engine)
    expect(await whenDelivery(engine, id, 'completed')).toMatchObject({ messages: { total: 0 } })
  })

  test('when the last client it waits for is deleted', async () => {
    const gateway = await openFakeGateway(() => ({ status: 429, headers: { 'retry-after': '600' } }))
    const engine = await openTestEngine(gateway)
    await importClients(engine, 1)
    const id = await deliver(engine)
    await eventually(async () => expect((await messagesOf(engine, id))[0]).toMatchObject({ attempts: 1 }))

    await engine.client.clients.delete({ id: 1 })
    await whenDelivery(engine, id, 'completed')
  })
})

describe('editing', () => {
  const changes = {
    text: 'other',
    filter: { ...everybody, tags: ['vip'] },
    startsAt: inOneHour(),
  }

  test('before the start: everything', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 2)
    await engine.client.clients.update({ id: 2, tags: ['vip'] })
    const id = await deliver(engine, { startsAt: inOneHour() })

    const endsAt = new Date(Date.now() + 5 * hour).toISOString()
    const whole = { ...changes, name: 'New', endsAt, window: { from: '00:00', to: '23:59' }, ratePerSecond: 5 }
    expect(await engine.client.deliveries.update({ id, ...whole })).toMatchObject({ ...whole, status: 'scheduled' })
    await engine.client.deliveries.update({ id, window: null })
    await engine.client.deliveries.start({ id })
    await whenDelivery(engine, id, 'completed')
    expect(gateway.requests.map((request) => request.text)).toEqual(['other'])
  })

  test('while it runs or is paused: the name, the end, the window and the rate', async () => {
    const { engine, id } = await onItsWay()
    for (const status of ['running', 'paused'] as const) {
      if (status === 'paused') await engine.client.deliveries.pause({ id })
      for (const [field, value] of Object.entries(changes))
        await expect(engine.client.deliveries.update({ id, [field]: value })).rejects.toMatchObject({
          code: 'CONFLICT',
          status: 409,
          data: { field },
        })
      const endsAt = new Date(Date.now() + 2 * hour).toISOString()
      const allowed = { name: `now ${status}`, endsAt, ratePerSecond: 1_000 }
      expect(await engine.client.deliveries.update({ id, ...allowed })).toMatchObject({ ...allowed, status })
    }
  })

  test('after the end: nothing', async () => {
    const engine = await openTestEngine(await openFakeGateway())
    const completed = await deliver(engine)
    await whenDelivery(engine, completed, 'completed')
    const cancelled = await deliver(engine, { draft: true })
    await engine.client.deliveries.cancel({ id: cancelled })
    for (const id of [completed, cancelled])
      await expect(engine.client.deliveries.update({ id, name: 'x' })).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test.each([
    ['an end that has passed', { endsAt: '2020-01-01T00:00:00Z', startsAt: '2019-01-01T00:00:00Z' }],
    ['an end before the start', { startsAt: '2099-01-02T00:00:00Z', endsAt: '2099-01-01T00:00:00Z' }],
  ])('%s is refused', async (_name, times) => {
    const engine = await openTestEngine(await openFakeGateway())
    const id = await deliver(engine, { startsAt: inOneHour() })
    const refusal = { code: 'VALIDATION', status: 400, data: { issues: [{ path: 'endsAt' }] } }
    await expect(engine.client.deliveries.update({ id, ...times })).rejects.toMatchObject(refusal)
    await expect(engine.client.deliveries.create({ text: 'x', ...times })).rejects.toMatchObject(refusal)
  })
})
