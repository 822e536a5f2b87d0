import { describe, expect, test } from 'vitest'
import { fromInstant, toInstant } from '#electron/base/clock.ts'
import { changeDeliveryState } from '#electron/deliveries/delivery-commands.ts'
import { changeDelivery } from '#electron/deliveries/write-delivery.ts'
import { addClient, addClients, addDelivery, addStartedDelivery, phoneNumber } from '#tests/support/factories.ts'
import { eventually, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { hour, messagesIn, minute, now, openAt, statusOf, whenAll, whenStatus } from '#tests/support/moved-clock.ts'
import { startSender } from '#tests/support/sender.ts'

describe('the end of a delivery', () => {
  test('aborts what is in flight, starts nothing more, and expires the rest', async () => {
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
    expect(await messagesIn(store, id)).toMatchObject([
      ...Array(4).fill({ status: 'expired', attempts: 1, errorCode: 'aborted' }),
      ...Array(6).fill({ status: 'expired', attempts: 0, errorCode: null }),
    ])
  })

  test('can be moved earlier by the user, also for requests in flight', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway(() => 'hang')
    await addClients(store, 1)
    const id = await addStartedDelivery(store, { endsAt: now + 5 * hour })
    const sender = await startSender({ store, gateway, clock, timeoutMs: 3_600_000 })
    await gateway.received(1)

    await store.write((writes) => changeDelivery(writes, id, { endsAt: toInstant(now + hour) }, clock.now()))
    sender.wake()
    clock.advance(hour)
    await whenStatus(store, id, 'completed')
    expect(await messagesIn(store, id)).toMatchObject([{ status: 'expired', errorCode: 'aborted' }])
  })

  test('can be moved later by the user, and aborts nothing before', async () => {
    const { clock, store } = await openAt()
    const held = heldBack()
    const gateway = await openFakeGateway(held.script)
    await addClients(store, 2)
    const id = await addStartedDelivery(store, { endsAt: now + hour })
    const sender = await startSender({ store, gateway, clock, concurrency: 1, timeoutMs: 3_600_000 })
    await gateway.received(1)

    await store.write((writes) => changeDelivery(writes, id, { endsAt: toInstant(now + 5 * hour) }, clock.now()))
    const { turns } = sender
    sender.wake()
    await eventually(() => expect(sender.turns).toBeGreaterThan(turns))
    clock.advance(2 * hour)
    held.release()
    await whenStatus(store, id, 'completed')
    expect(await messagesIn(store, id)).toMatchObject([{ status: 'sent' }, { status: 'sent' }])
    expect(gateway.requests).toHaveLength(2)
  })

  test('of a paused delivery expires what is left', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addStartedDelivery(store, { endsAt: now + hour })
    await store.write((writes) => changeDeliveryState(writes, id, 'pause', clock.now()))
    await startSender({ store, gateway, clock })
    clock.advance(hour)
    await whenStatus(store, id, 'completed')
    expect(await messagesIn(store, id)).toMatchObject(Array(3).fill({ status: 'expired', attempts: 0 }))
    expect(gateway.requests).toEqual([])
  })
})

const window = { window: { from: '14:00', to: '18:00' } }

describe('the hours of a delivery', () => {
  test('defer a great many in steps, and none is left behind', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    const many = 120_000
    await store.sql.exec(`INSERT INTO clients (phone, operatorCode, timeZone, searchText, createdAt, updatedAt)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})
        SELECT '7' || (9100000000 + i), '910', 'America/New_York', '', 0, 0 FROM n`)
    const open = await addClient(store, { phone: phoneNumber(1), timeZone: 'Asia/Yekaterinburg' })
    const id = await addStartedDelivery(store, window)
    const before = await store.sql.first<{ count: number }>('SELECT count(*) AS count FROM activity')
    await startSender({ store, gateway, clock })

    await gateway.received(1)
    await eventually(async () =>
      expect(
        await store.sql.all(
          'SELECT status, nextAttemptAt, count(*) AS count FROM messages WHERE deliveryId = ? GROUP BY 1, 2 ORDER BY 3',
          [id],
        ),
      ).toEqual([
        { status: 'sent', nextAttemptAt: null, count: 1 },
        { status: 'queued', nextAttemptAt: fromInstant('2026-11-23T19:00:00.000Z'), count: many },
      ]),
    )
    expect(gateway.requests.map(({ phone }) => phone)).toEqual([Number(open.phone)])
    const rows = await store.sql.all<{ facts: string }>('SELECT facts FROM activity ORDER BY id LIMIT -1 OFFSET ?', [
      before?.count ?? 0,
    ])
    const pieces = rows.map(({ facts }) => JSON.parse(facts)).filter(({ because }) => because === 'outsideHours')
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.reduce((sum, { messages }) => sum + messages, 0)).toBe(many)
  })

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
      expect(await messagesIn(store, id)).toMatchObject([
        waits('2026-11-23T11:00:00Z'),
        sent,
        sent,
        waits('2026-11-23T19:00:00Z'),
      ]),
    )
    clock.advance(hour)
    await eventually(async () =>
      expect(await messagesIn(store, id)).toMatchObject([sent, sent, sent, waits('2026-11-23T19:00:00Z')]),
    )
    clock.advance(8 * hour)
    await whenStatus(store, id, 'completed')
    expect(gateway.requests).toHaveLength(4)
  })
})

describe('the hours of a delivery, while they are closed,', () => {
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
      expect(await messagesIn(store, id)).toMatchObject([
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

  test('that do not begin before the end let the message expire', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addStartedDelivery(store, { ...window, endsAt: now + 30 * minute })
    await startSender({ store, gateway, clock })

    await whenAll(store, id, { status: 'queued', nextAttemptAt: now + 30 * minute })
    clock.advance(30 * minute)
    await whenStatus(store, id, 'completed')
    expect(await messagesIn(store, id)).toMatchObject(Array(3).fill({ status: 'expired', attempts: 0 }))
    expect(gateway.requests).toEqual([])
  })
})

describe('the hours of a delivery, once edited,', () => {
  test('that are changed in the same millisecond as before count for the next request', async () => {
    const { clock, store } = await openAt()
    const held = heldBack()
    const gateway = await openFakeGateway(held.script)
    await addClients(store, 2)
    const id = await addStartedDelivery(store)
    await startSender({ store, gateway, clock, concurrency: 1 })
    await gateway.received(1)

    // The sender receives the first answer before the notification.
    const later = { from: '14:00', to: '18:00' }
    await store.write((writes) => changeDelivery(writes, id, { window: later }, clock.now()))
    held.release()

    await eventually(async () =>
      expect(await messagesIn(store, id)).toMatchObject([
        { status: 'sent' },
        { status: 'queued', nextAttemptAt: now + hour },
      ]),
    )
    expect(gateway.requests).toHaveLength(1)
  })

  test('that are changed or lifted count at once', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addStartedDelivery(store, window)
    const sender = await startSender({ store, gateway, clock })
    await whenAll(store, id, { nextAttemptAt: now + hour })

    const change = (hours: { from: string; to: string } | null) =>
      store.write((writes) => changeDelivery(writes, id, { window: hours }, clock.now()))
    await change({ from: '20:00', to: '08:00' })
    sender.wake()
    await whenAll(store, id, { nextAttemptAt: now + 7 * hour })
    await change(null)
    sender.wake()
    await whenStatus(store, id, 'completed')
    expect(gateway.requests).toHaveLength(3)
  })

  test('hold no message back once lifted, not even one that was tried before', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 2)
    const id = await addStartedDelivery(store, window)
    await store.sql.run('UPDATE messages SET attempts = 3')
    const sender = await startSender({ store, gateway, clock })
    await whenAll(store, id, { nextAttemptAt: now + hour })
    await store.write((writes) => changeDelivery(writes, id, { window: null }, clock.now()))
    sender.wake()
    // No more than the maximum back-off may be left of the wait.
    await whenAll(store, id, { nextAttemptAt: now + 5 * minute })
  })
})

describe('the hours of a delivery, by the wall clock,', () => {
  test('begin by the clock on the wall, on the night when it goes forward too', async () => {
    // In Berlin the hour from two to three is missing on the 28th of March 2027.
    const { clock, store } = await openAt('2027-03-27T20:00:00.000Z')
    const gateway = await openFakeGateway()
    await addClient(store, { phone: phoneNumber(0), timeZone: 'Europe/Berlin', now: clock.now() })
    const id = await addStartedDelivery(store, { window: { from: '08:00', to: '09:00' }, now: clock.now() })
    await startSender({ store, gateway, clock })
    await whenAll(store, id, { nextAttemptAt: fromInstant('2027-03-28T06:00:00Z') })
    clock.advance(10 * hour)
    await whenStatus(store, id, 'completed')
  })
})

describe('a start that is due', () => {
  test('happens after any sleep of the machine', async () => {
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

  test('that passes while the machine sleeps expires all messages, and is reported', async () => {
    const { clock, store } = await openAt()
    const gateway = await openFakeGateway()
    await addClients(store, 3)
    const id = await addDelivery(store, { startsAt: now + hour, endsAt: now + 2 * hour })
    await startSender({ store, gateway, clock })
    clock.advance(3 * hour)
    await whenStatus(store, id, 'completed')
    expect(await messagesIn(store, id)).toMatchObject(Array(3).fill({ status: 'expired', attempts: 0 }))
    expect(gateway.requests).toEqual([])
  })
})
