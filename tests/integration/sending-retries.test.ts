import { describe, expect, test } from 'vitest'
import { changeDeliveryState } from '#electron/deliveries/delivery-commands.ts'
import { addClients, addStartedDelivery, settleMessages } from '#tests/support/factories.ts'
import { accepted, eventually, expectEachOnce, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { hour, messagesIn, minute, now, openAt, statusOf, whenAll, whenStatus } from '#tests/support/moved-clock.ts'
import { startSender } from '#tests/support/sender.ts'

describe('the back-off', () => {
  test('doubles from two seconds up to five minutes, until the attempts are used up', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway(() => ({ status: 503 }))
    await addClients(store, 1)
    const id = await addStartedDelivery(store)
    await startSender({ store, gateway, clock })

    for (const [index, longest] of [2, 4, 8, 16, 32, 64, 128, 256, 300].entries()) {
      await whenAll(store, id, { status: 'queued', attempts: index + 1 })
      const [message] = await messagesIn(store, id)
      const waitMs = (message?.nextAttemptAt ?? 0) - clock.now()
      expect(waitMs).toBeGreaterThanOrEqual(0)
      expect(waitMs).toBeLessThanOrEqual(longest * 1000)
      clock.advance(waitMs)
    }
    await whenStatus(store, id, 'completed')
    expect(await messagesIn(store, id)).toMatchObject([{ status: 'failed', attempts: 10, errorCode: 'server_error' }])
    expect(gateway.requests).toHaveLength(10)
  })

  test.each([
    ['in seconds', '60'],
    ['as a date', new Date(now + minute).toUTCString()],
  ])('gives way to Retry-After %s, to the millisecond', async (_name, retryAfter) => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway(({ turn }) =>
      turn === 1 ? { status: 429, headers: { 'retry-after': retryAfter } } : accepted,
    )
    await addClients(store, 3)
    const id = await addStartedDelivery(store)
    const sender = await startSender({ store, gateway, clock })

    const waiting = { status: 'queued', attempts: 1, nextAttemptAt: now + minute, errorCode: 'rate_limited' } as const
    await whenAll(store, id, waiting)
    clock.advance(minute - 1)
    const { turns } = sender
    sender.wake()
    await eventually(() => expect(sender.turns).toBeGreaterThan(turns))
    await whenAll(store, id, waiting)
    expect(gateway.requests).toHaveLength(3)

    clock.advance(1)
    await whenStatus(store, id, 'completed')
    expect(await messagesIn(store, id)).toMatchObject(Array(3).fill({ status: 'sent', attempts: 2 }))
  })

  test('ends at the end of the delivery: a longer wait expires there, and the last error stays', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway(() => ({ status: 429, headers: { 'retry-after': '7200' } }))
    await addClients(store, 2)
    const id = await addStartedDelivery(store, { endsAt: now + hour })
    await startSender({ store, gateway, clock })

    await whenAll(store, id, { status: 'queued', nextAttemptAt: now + hour })
    clock.advance(hour)
    await whenStatus(store, id, 'completed')
    const expired = { status: 'expired', attempts: 1, nextAttemptAt: null, errorCode: 'rate_limited' }
    expect(await messagesIn(store, id)).toMatchObject([expired, expired])
    expect(gateway.requests).toHaveLength(2)
  })
})

test('while all connections are in use the sender waits for the gateway, and takes no empty turns', async () => {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway(() => ({ status: 429, headers: { 'retry-after': '60' } }))
  await addClients(store, 8)
  const id = await addStartedDelivery(store)
  const sender = await startSender({ store, gateway, clock, concurrency: 4, timeoutMs: 500 })
  await whenAll(store, id, { status: 'queued', attempts: 1 })

  gateway.answer(() => 'hang')
  clock.advance(minute)
  await gateway.received(12)
  const { turns } = sender
  await eventually(() => expect(gateway.requests[11]?.brokenOffAt).not.toBeNull())
  expect(sender.turns - turns).toBeLessThan(10)
})

test('what a stopping sender has in flight is waited for and written down', async () => {
  const { clock, store } = await openAt()
  const held = heldBack()
  const gateway = await openFakeGateway(held.script)
  await addClients(store, 3)
  const id = await addStartedDelivery(store)
  const sender = await startSender({ store, gateway, clock })
  await gateway.received(3)

  const stopped = sender.stop(60_000)
  held.release()
  await stopped
  expect(await messagesIn(store, id)).toMatchObject(Array(3).fill({ status: 'sent', attempts: 1 }))
  expect(await statusOf(store, id)).toBe('completed')
})

test('a stopping sender gives up what it cannot wait for and puts it back into the queue', async () => {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway(() => 'hang')
  await addClients(store, 3)
  const id = await addStartedDelivery(store)
  const sender = await startSender({ store, gateway, clock })
  await gateway.received(3)

  await sender.stop(50)
  expect(await messagesIn(store, id)).toMatchObject(
    Array(3).fill({ status: 'queued', attempts: 1, errorCode: 'timeout' }),
  )
})

describe('what a dead process left in flight', () => {
  test('goes out again with the same id', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 5)
    const id = await addStartedDelivery(store)
    const orphans = await settleMessages(store, id, 'sending', 2)
    const sender = await startSender({ store, gateway, clock })

    await whenStatus(store, id, 'completed')
    expectEachOnce(gateway, 5)
    expect([...gateway.timesSeen.keys()]).toEqual(expect.arrayContaining(orphans))
    expect(sender.reports).toContainEqual({
      type: 'log',
      level: 'warn',
      text: `delivery=${id} 2 messages were in flight when the program ended; now queued`,
    })
  })

  test('waits while the delivery is paused', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 2)
    const id = await addStartedDelivery(store)
    await settleMessages(store, id, 'sending', 2)
    await store.write((writes) => changeDeliveryState(writes, id, 'pause', clock.now()))
    await startSender({ store, gateway, clock })
    await whenAll(store, id, { status: 'queued', errorCode: 'interrupted' })
    expect(await statusOf(store, id)).toBe('paused')
  })

  test.each(['that was cancelled', 'whose end has passed'])('stays uncertain in a delivery %s', async (what) => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 2)
    const id = await addStartedDelivery(store, { endsAt: now + hour })
    await settleMessages(store, id, 'sending', 2)
    if (what === 'that was cancelled')
      await store.write((writes) => changeDeliveryState(writes, id, 'cancel', clock.now()))
    else clock.advance(hour)
    await startSender({ store, gateway, clock })
    await whenAll(store, id, { status: 'uncertain', attempts: 1, nextAttemptAt: null, errorCode: 'interrupted' })
    await whenStatus(store, id, what === 'that was cancelled' ? 'cancelled' : 'completed')
    expect(gateway.requests).toEqual([])
  })
})
