import { describe, expect, test } from 'vitest'
import { leadDelivery } from '#electron/deliveries/lead-delivery.ts'
import { changeDelivery } from '#electron/deliveries/write-delivery.ts'
import { fromInstant, toInstant } from '#electron/clock.ts'
import type { Store } from '#electron/store/store.ts'
import type { DeliveryStatus, MessageStatus } from '#shared/domain/states.ts'
import { addClient, addClients, addDelivery, addStartedDelivery, phoneNumber } from '#tests/support/factories.ts'
import { accepted, eventually, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { startSender } from '#tests/support/sender.ts'
import { settableClock } from '#tests/support/settable-clock.ts'
import { temporaryStore } from '#tests/support/temporary-store.ts'

/** By a clock that the test moves; it begins at one in the afternoon in Moscow. */
const noon = '2026-11-23T10:00:00.000Z'
const now = fromInstant(noon)
const minute = 60_000
const hour = 60 * minute

async function openAt(instant = noon) {
  const clock = settableClock(instant)
  return { clock, store: await temporaryStore(clock.now) }
}

interface Seen {
  readonly status: MessageStatus
  readonly attempts: number
  readonly nextAttemptAt: number | null
  readonly errorCode: string | null
}

function messages(store: Store, deliveryId: number): Promise<Seen[]> {
  return store.read.sql.all<Seen>(
    'SELECT status, attempts, nextAttemptAt, errorCode FROM messages WHERE deliveryId = ? ORDER BY id',
    [deliveryId],
  )
}

async function statusOf(store: Store, id: number): Promise<DeliveryStatus | undefined> {
  const row = await store.read.sql.first<{ status: DeliveryStatus }>('SELECT status FROM deliveries WHERE id = ?', [id])
  return row?.status
}

const whenStatus = (store: Store, id: number, status: DeliveryStatus) =>
  eventually(async () => expect(await statusOf(store, id)).toBe(status))

/** Waits until every message of the delivery looks like this. */
const whenAll = (store: Store, id: number, like: Partial<Seen>) =>
  eventually(async () => {
    for (const message of await messages(store, id)) expect(message).toMatchObject(like)
  })

describe('the back-off', () => {
  test('doubles from two seconds up to five minutes, until the attempts are used up', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway(() => ({ status: 503 }))
    await addClients(store, 1)
    const id = await addStartedDelivery(store)
    await startSender({ store, gateway, clock })

    for (const [index, longest] of [2, 4, 8, 16, 32, 64, 128, 256, 300].entries()) {
      await whenAll(store, id, { status: 'queued', attempts: index + 1 })
      const [message] = await messages(store, id)
      const waitMs = (message?.nextAttemptAt ?? 0) - clock.now()
      expect(waitMs).toBeGreaterThanOrEqual(0)
      expect(waitMs).toBeLessThanOrEqual(longest * 1000)
      clock.advance(waitMs)
    }
    await whenStatus(store, id, 'completed')
    expect(await messages(store, id)).toMatchObject([{ status: 'failed', attempts: 10, errorCode: 'server_error' }])
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
    expect(await messages(store, id)).toMatchObject(Array(3).fill({ status: 'sent', attempts: 2 }))
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
    expect(await messages(store, id)).toMatchObject([expired, expired])
    expect(gateway.requests).toHaveLength(2)
  })
})

test('while all places are taken the sender waits for the gateway, and does not turn in circles', async () => {
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

describe('the end of a delivery', () => {
  test('breaks off what is in flight, lets nothing more begin, and expires the rest', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway(() => 'hang')
    await addClients(store, 10)
    const id = await addStartedDelivery(store, { endsAt: now + hour })
    await startSender({ store, gateway, clock, concurrency: 4, timeoutMs: 3_600_000 })
    await gateway.received(4)

    clock.advance(hour - 1)
    expect(await statusOf(store, id)).toBe('running')
    clock.advance(1)
    await whenStatus(store, id, 'completed')

    expect(gateway.requests).toHaveLength(4)
    for (const request of gateway.requests) await eventually(() => expect(request.brokenOffAt).not.toBeNull())
    expect(await messages(store, id)).toMatchObject([
      ...Array(4).fill({ status: 'expired', attempts: 1, errorCode: 'aborted' }),
      ...Array(6).fill({ status: 'expired', attempts: 0, errorCode: null }),
    ])
  })

  test('comes sooner when the operator moves it, for what is in flight too', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway(() => 'hang')
    await addClients(store, 1)
    const id = await addStartedDelivery(store, { endsAt: now + 5 * hour })
    const sender = await startSender({ store, gateway, clock, timeoutMs: 3_600_000 })
    await gateway.received(1)

    await store.write((writing) => changeDelivery(writing, id, { endsAt: toInstant(now + hour) }, clock.now()))
    sender.wake()
    clock.advance(hour)
    await whenStatus(store, id, 'completed')
    expect(await messages(store, id)).toMatchObject([{ status: 'expired', errorCode: 'aborted' }])
  })

  test('comes later when the operator moves it, and breaks nothing off before', async () => {
    const { clock, store } = await openAt()
    const held = heldBack()
    const gateway = await openFakeGateway(held.script)
    await addClients(store, 2)
    const id = await addStartedDelivery(store, { endsAt: now + hour })
    const sender = await startSender({ store, gateway, clock, concurrency: 1, timeoutMs: 3_600_000 })
    await gateway.received(1)

    await store.write((writing) => changeDelivery(writing, id, { endsAt: toInstant(now + 5 * hour) }, clock.now()))
    const { turns } = sender
    sender.wake()
    await eventually(() => expect(sender.turns).toBeGreaterThan(turns))
    clock.advance(2 * hour)
    held.release()
    await whenStatus(store, id, 'completed')
    expect(await messages(store, id)).toMatchObject([{ status: 'sent' }, { status: 'sent' }])
    expect(gateway.requests).toHaveLength(2)
  })

  test('of a paused delivery expires what is left', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addStartedDelivery(store, { endsAt: now + hour })
    await store.write((writing) => leadDelivery(writing, id, 'pause', clock.now()))
    await startSender({ store, gateway, clock })
    clock.advance(hour)
    await whenStatus(store, id, 'completed')
    expect(await messages(store, id)).toMatchObject(Array(3).fill({ status: 'expired', attempts: 0 }))
    expect(gateway.requests).toEqual([])
  })
})

describe('the hours of a delivery', () => {
  const window = { windowFrom: '14:00', windowTo: '18:00' }

  test('hold a message back until they begin where the client is, and let others go', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    for (const [n, timeZone] of ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Kathmandu', 'America/New_York'].entries())
      await addClient(store, { phone: phoneNumber(n), timeZone })
    const id = await addStartedDelivery(store, window)
    await startSender({ store, gateway, clock })
    const waits = (until: string) => ({ status: 'queued', attempts: 0, nextAttemptAt: fromInstant(until) })
    const sent = { status: 'sent', attempts: 1 }

    await eventually(async () =>
      expect(await messages(store, id)).toMatchObject([
        waits('2026-11-23T11:00:00Z'),
        sent,
        sent,
        waits('2026-11-23T19:00:00Z'),
      ]),
    )
    clock.advance(hour)
    await eventually(async () =>
      expect(await messages(store, id)).toMatchObject([sent, sent, sent, waits('2026-11-23T19:00:00Z')]),
    )
    clock.advance(8 * hour)
    await whenStatus(store, id, 'completed')
    expect(gateway.requests).toHaveLength(4)
  })

  test('that close on the way hold the rest back until the next day', async () => {
    const { clock, store } = await openAt('2026-11-23T14:59:59.999Z')
    const held = heldBack()
    const gateway = await openFakeGateway(held.script)
    await addClients(store, 5)
    const id = await addStartedDelivery(store, { ...window, now: clock.now() })
    await startSender({ store, gateway, clock, concurrency: 2 })
    await gateway.received(2)

    clock.advance(1)
    held.release()
    const tomorrow = { status: 'queued', attempts: 0, nextAttemptAt: fromInstant('2026-11-24T11:00:00Z') }
    await eventually(async () =>
      expect(await messages(store, id)).toMatchObject([
        { status: 'sent' },
        { status: 'sent' },
        tomorrow,
        tomorrow,
        tomorrow,
      ]),
    )
    expect(gateway.requests).toHaveLength(2)
    clock.advance(20 * hour)
    await whenStatus(store, id, 'completed')
  })

  test('that never come before the end leave the message to expire there', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addStartedDelivery(store, { ...window, endsAt: now + 30 * minute })
    await startSender({ store, gateway, clock })

    await whenAll(store, id, { status: 'queued', nextAttemptAt: now + 30 * minute })
    clock.advance(30 * minute)
    await whenStatus(store, id, 'completed')
    expect(await messages(store, id)).toMatchObject(Array(3).fill({ status: 'expired', attempts: 0 }))
    expect(gateway.requests).toEqual([])
  })

  test('that are changed or lifted count at once', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addStartedDelivery(store, window)
    const sender = await startSender({ store, gateway, clock })
    await whenAll(store, id, { nextAttemptAt: now + hour })

    const change = (hours: { from: string; to: string } | null) =>
      store.write((writing) => changeDelivery(writing, id, { window: hours }, clock.now()))
    await change({ from: '20:00', to: '08:00' })
    sender.wake()
    await whenAll(store, id, { nextAttemptAt: now + 7 * hour })
    await change(null)
    sender.wake()
    await whenStatus(store, id, 'completed')
    expect(gateway.requests).toHaveLength(3)
  })

  test('begin by the clock on the wall, on the night when it goes forward too', async () => {
    // In Berlin the hour from two to three is missing on the 28th of March 2027.
    const { clock, store } = await openAt('2027-03-27T20:00:00.000Z')
    const gateway = await openFakeGateway()
    await addClient(store, { phone: phoneNumber(0), timeZone: 'Europe/Berlin', now: clock.now() })
    const id = await addStartedDelivery(store, { windowFrom: '08:00', windowTo: '09:00', now: clock.now() })
    await startSender({ store, gateway, clock })
    await whenAll(store, id, { nextAttemptAt: fromInstant('2027-03-28T06:00:00Z') })
    clock.advance(10 * hour)
    await whenStatus(store, id, 'completed')
  })
})

describe('a start that is due', () => {
  test('comes after any sleep of the machine', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addDelivery(store, { startsAt: now + 8 * hour, endsAt: now + 20 * hour })
    await startSender({ store, gateway, clock })
    expect(await statusOf(store, id)).toBe('scheduled')
    clock.advance(9 * hour)
    await whenStatus(store, id, 'completed')
    expect(gateway.requests).toHaveLength(3)
  })

  test('that was slept through to the end leaves everybody expired, and says so', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addDelivery(store, { startsAt: now + hour, endsAt: now + 2 * hour })
    await startSender({ store, gateway, clock })
    clock.advance(3 * hour)
    await whenStatus(store, id, 'completed')
    expect(await messages(store, id)).toMatchObject(Array(3).fill({ status: 'expired', attempts: 0 }))
    expect(gateway.requests).toEqual([])
  })
})

test('what a stopping sender has in flight is waited for and written down, and the delivery is completed later', async () => {
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
  expect(await messages(store, id)).toMatchObject(Array(3).fill({ status: 'sent', attempts: 1 }))
  expect(await statusOf(store, id)).toBe('running')

  await startSender({ store, gateway, clock })
  await whenStatus(store, id, 'completed')
  expect(gateway.requests).toHaveLength(3)
})

test('what a stopping sender cannot wait for is broken off and back in the queue', async () => {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway(() => 'hang')
  await addClients(store, 3)
  const id = await addStartedDelivery(store)
  const sender = await startSender({ store, gateway, clock })
  await gateway.received(3)

  await sender.stop(50)
  expect(await messages(store, id)).toMatchObject(Array(3).fill({ status: 'queued', attempts: 1, errorCode: 'timeout' }))
})
