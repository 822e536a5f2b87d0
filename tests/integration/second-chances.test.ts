import { describe, expect, test } from 'vitest'
import {
  deliver,
  fastRetries,
  importClients,
  messagesOf,
  openTestEngine,
  type TestEngine,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { addStartedDelivery, phoneNumber, settleMessages } from '#tests/support/factories.ts'
import { accepted, type FakeGateway, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import type { Script } from '#tests/support/loopback-gateway.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'

const hour = 3_600_000
const refused = { status: 400 }

/** The ids that a gateway was asked with so often, in order. */
const seen = (gateway: FakeGateway, times: number): number[] =>
  [...gateway.timesSeen].filter(([, count]) => count === times).map(([id]) => id)

/** Lets another delivery go out from beginning to end: whatever else was to be sent had its chance. */
async function othersGoOut(engine: TestEngine): Promise<void> {
  await whenDelivery(engine, await deliver(engine, { text: 'other' }), 'completed')
}

test("a gateway's own rate holds for all deliveries together, and the last message is not forgotten", async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await engine.client.gateway.update({ ratePerSecond: 10 })
  await importClients(engine, 6)

  const begun = performance.now()
  const [one, two] = [await deliver(engine), await deliver(engine)]
  await whenDelivery(engine, one, 'completed')
  await whenDelivery(engine, two, 'completed')
  // One may go at once, the other eleven at ten per second.
  expect(performance.now() - begun).toBeGreaterThan(1_000)
  expect(gateway.requests).toHaveLength(12)
})

describe('retry', () => {
  /** A delivery to so many clients that is over, and what the gateway said to each of them. */
  async function over(script: Script, clients: number) {
    const gateway = await openFakeGateway(script)
    const engine = await openTestEngine(gateway, { retries: { ...fastRetries, attempts: 2 } })
    await importClients(engine, clients)
    const id = await deliver(engine)
    await whenDelivery(engine, id, 'completed')
    gateway.answer(() => accepted)
    return { gateway, engine, id }
  }

  test('sends exactly the failed messages once more, under their own ids', async () => {
    const { gateway, engine, id } = await over(({ id }) => (id % 3 === 0 ? refused : accepted), 10)
    const failed = (await messagesOf(engine, id)).filter(({ status }) => status === 'failed').map((each) => each.id)
    expect(failed).toEqual([3, 6, 9])

    // Otherwise all three may have their answers before the delivery is read.
    const held = heldBack()
    gateway.answer(held.script)
    const retried = await engine.client.deliveries.retry({ id })
    expect(retried).toMatchObject({ status: 'running', finishedAt: null })
    held.release()
    const { messages } = await whenDelivery(engine, id, 'completed')

    expect(messages).toMatchObject({ total: 10, byStatus: { sent: 10, failed: 0 } })
    expect(gateway.requests).toHaveLength(13)
    expect(seen(gateway, 2).sort()).toEqual(failed)
    for (const message of await messagesOf(engine, id))
      expect(message).toMatchObject({ status: 'sent', attempts: 1, lastError: null })
  })

  test('gives all attempts anew', async () => {
    const { gateway, engine, id } = await over(() => ({ status: 503 }), 1)
    expect(await messagesOf(engine, id)).toMatchObject([{ status: 'failed', attempts: 2 }])
    gateway.answer(({ turn }) => (turn === 3 ? { status: 503 } : accepted))

    await engine.client.deliveries.retry({ id })
    await whenDelivery(engine, id, 'completed')
    expect(await messagesOf(engine, id)).toMatchObject([{ status: 'sent', attempts: 2 }])

    gateway.answer(() => ({ status: 503 }))
    const next = await deliver(engine)
    await whenDelivery(engine, next, 'completed')
    await engine.client.deliveries.retry({ id: next })
    await whenDelivery(engine, next, 'completed')
    expect(await messagesOf(engine, next)).toMatchObject([{ status: 'failed', attempts: 2 }])
    expect(gateway.requests).toHaveLength(8)
  })

  test('writes to nobody who was deleted or has opted out meanwhile', async () => {
    const { gateway, engine, id } = await over(() => refused, 4)
    await engine.client.clients.delete({ id: 1 })
    await engine.client.clients.update({ id: 2, optedOutAt: new Date().toISOString() })
    // Opted out by the phone that the message goes to, which its client has left.
    await engine.client.clients.update({ id: 3, phone: phoneNumber(33) })
    await engine.client.clients.optOut({ phones: phoneNumber(2) })

    await engine.client.deliveries.retry({ id })
    const { messages } = await whenDelivery(engine, id, 'completed')

    expect(messages.byStatus).toMatchObject({ sent: 1, cancelled: 3, failed: 0 })
    expect(gateway.requests.slice(4).map(({ phone }) => String(phone))).toEqual([phoneNumber(3)])
  })

  test('lets them wait while the delivery is paused', async () => {
    const held = heldBack()
    const gateway = await openFakeGateway((request) => (gateway.requests.length <= 2 ? refused : held.script(request)))
    const engine = await openTestEngine(gateway)
    await engine.client.gateway.update({ concurrency: 2 })
    await importClients(engine, 6)
    const id = await deliver(engine, { text: 'first' })
    await gateway.received(4)
    await engine.client.deliveries.pause({ id })
    held.release()
    gateway.answer(() => accepted)
    await whenCounted(engine, id, { failed: 2, sent: 2, queued: 2 })

    const retried = await engine.client.deliveries.retry({ id })
    expect(retried).toMatchObject({ status: 'paused', messages: { byStatus: { queued: 4, failed: 0 } } })
    await othersGoOut(engine)
    expect(gateway.requests.filter(({ text }) => text === 'first')).toHaveLength(4)

    await engine.client.deliveries.resume({ id })
    await whenDelivery(engine, id, 'completed')
    expect(gateway.requests.filter(({ text }) => text === 'first')).toHaveLength(6 + 2)
  })

  test('is refused in words where there is nothing to retry or to settle', async () => {
    const { engine, id } = await over(() => accepted, 2)
    const { deliveries, messages } = engine.client
    const conflict = (message: string) => ({ code: 'CONFLICT', message })
    const nothing = conflict('there is no uncertain message to resolve')

    await expect(deliveries.retry({ id })).rejects.toMatchObject(conflict('the delivery has no failed messages'))
    await expect(deliveries.resolveUncertain({ id, as: 'sent' })).rejects.toMatchObject(nothing)
    await expect(messages.resolve({ id: 1, as: 'failed' })).rejects.toMatchObject(nothing)
  })
})

describe('uncertain messages', () => {
  interface Cut {
    readonly endsAt?: number
    readonly paused?: true
  }

  /** Five clients, and a delivery to them: the program died while the first three messages were under way. */
  async function cutOff({ endsAt = Date.now() + hour, paused }: Cut = {}) {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await engine.client.gateway.update({ interrupted: 'hold' })
    await importClients(engine, 5)
    await engine.close()
    const store = await openTestStoreIn(engine.dataDir, Date.now)
    const id = await addStartedDelivery(store, { now: Date.now() - 2 * hour, endsAt, text: 'first' })
    const ids = await settleMessages(store, id, 'sending', 3)
    if (paused) await store.write(({ deliveries }) => deliveries.update(id, { status: 'paused' }, Date.now()))
    await store.close()
    await engine.reopen()
    await whenCounted(engine, id, { uncertain: 3 })
    if (!paused) await whenDelivery(engine, id, 'completed')
    return { gateway, engine, id, ids }
  }

  test.each([
    ['sent', { sent: 5 }, 2],
    ['failed', { sent: 2, failed: 3 }, 2],
    ['resend', { sent: 5 }, 5],
  ] as const)('one, and then all others, as %s', async (as, counts, requests) => {
    const { gateway, engine, id, ids } = await cutOff()
    const [first = 0] = ids
    const one = await engine.client.messages.resolve({ id: first, as })
    expect(one).toMatchObject({ id: first, sentAt: as === 'sent' ? expect.any(String) : null })
    await whenDelivery(engine, id, 'completed')
    const { messages: before } = await engine.client.deliveries.get({ id })
    expect(before.byStatus.uncertain).toBe(2)

    const all = await engine.client.deliveries.resolveUncertain({ id, as })
    expect(all).toMatchObject({ status: as === 'resend' ? 'running' : 'completed', messages: { total: 5 } })
    const { messages } = await whenDelivery(engine, id, 'completed')
    expect(messages.byStatus).toMatchObject({ uncertain: 0, queued: 0, sending: 0, ...counts })

    await othersGoOut(engine)
    expect(gateway.requests.filter(({ text }) => text === 'first')).toHaveLength(requests)
    if (as === 'resend') expect(seen(gateway, 1)).toEqual(expect.arrayContaining(ids))
    if (as !== 'failed') return
    // Those that were marked as failed can be retried like any other.
    await engine.client.deliveries.retry({ id })
    expect((await whenDelivery(engine, id, 'completed')).messages.byStatus).toMatchObject({ sent: 5, failed: 0 })
    expect(gateway.requests.filter(({ text }) => text === 'first')).toHaveLength(5)
  })

  test('wait with all others when they are sent again in a paused delivery', async () => {
    const { gateway, engine, id } = await cutOff({ paused: true })
    const again = await engine.client.deliveries.resolveUncertain({ id, as: 'resend' })
    expect(again).toMatchObject({ status: 'paused', messages: { byStatus: { queued: 5 } } })
    await othersGoOut(engine)
    expect(gateway.requests.filter(({ text }) => text === 'first')).toEqual([])

    await engine.client.deliveries.resume({ id })
    await whenDelivery(engine, id, 'completed')
    expect(gateway.requests.filter(({ text }) => text === 'first')).toHaveLength(5)
  })

  test.each([
    ['has ended', 'the delivery has ended'],
    ['was cancelled', 'the delivery was cancelled'],
  ] as const)('are only sent or failed once the delivery %s', async (how, reason) => {
    const { gateway, engine, id, ids } = await cutOff(
      how === 'has ended' ? { endsAt: Date.now() - hour } : { paused: true },
    )
    const { deliveries, messages } = engine.client
    if (how === 'was cancelled') await deliveries.cancel({ id })
    const before = await deliveries.get({ id })
    const conflict = { code: 'CONFLICT', message: expect.stringContaining(reason) }

    const [first = 0] = ids
    await expect(messages.resolve({ id: first, as: 'resend' })).rejects.toMatchObject(conflict)
    await expect(deliveries.resolveUncertain({ id, as: 'resend' })).rejects.toMatchObject(conflict)
    await expect(deliveries.retry({ id, status: 'uncertain' })).rejects.toMatchObject(conflict)
    expect(await deliveries.get({ id })).toEqual(before)

    expect(await messages.resolve({ id: first, as: 'sent' })).toMatchObject({ status: 'sent' })
    expect(await deliveries.resolveUncertain({ id, as: 'failed' })).toMatchObject({
      status: before.status,
      messages: { byStatus: { uncertain: 0, sent: 1, failed: 2 } },
    })
    await expect(deliveries.retry({ id })).rejects.toMatchObject(conflict)
    expect(gateway.requests).toEqual([])
  })

  test('those of deleted or opted-out clients are not sent again, one by one or with all others', async () => {
    const { gateway, engine, id, ids } = await cutOff()
    const [first = 0, second = 0] = ids
    await engine.client.clients.delete({ id: 1 })
    await engine.client.clients.update({ id: 2, optedOutAt: new Date().toISOString() })

    await expect(engine.client.messages.resolve({ id: first, as: 'resend' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('the client was deleted'),
    })
    await expect(engine.client.messages.resolve({ id: second, as: 'resend' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('the client has opted out'),
    })
    await whenCounted(engine, id, { uncertain: 3, queued: 0 })
    await engine.client.messages.resolve({ id: first, as: 'sent' })
    await whenCounted(engine, id, { uncertain: 2, sent: 3 })

    await engine.client.deliveries.resolveUncertain({ id, as: 'resend' })
    await whenDelivery(engine, id, 'completed')
    expect(gateway.requests.slice(2).map((request) => request.id)).toEqual(ids.slice(2))
  })
})
