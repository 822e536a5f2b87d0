import { expect, test } from 'vitest'
import { addClient, addClients, addStartedDelivery, phoneNumber } from '#tests/support/factories.ts'
import { expectEachOnce, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { hour, messagesIn, minute, now, openAt, whenAll, whenStatus } from '#tests/support/moved-clock.ts'
import { startSender } from '#tests/support/sender.ts'

test('a clock that is set back by a day while sending sends nothing twice and delays nothing', async () => {
  const { clock, store } = await openAt()
  const held = heldBack()
  const gateway = await openFakeGateway(held.script)
  await addClients(store, 20)
  const id = await addStartedDelivery(store)
  await startSender({ store, gateway, clock, concurrency: 4 })
  await gateway.received(4)

  clock.advance(-24 * hour)
  held.release()
  await whenStatus(store, id, 'completed')
  expectEachOnce(gateway, 20)
})

test('a message that waits for a retry waits no longer than the maximum back-off', async () => {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway(() => ({ status: 503 }))
  await addClients(store, 3)
  const id = await addStartedDelivery(store)
  const sender = await startSender({ store, gateway, clock, random: () => 0.999 })
  await whenAll(store, id, { status: 'queued', attempts: 1 })

  clock.advance(-2 * hour)
  sender.wake()
  await whenAll(store, id, { nextAttemptAt: now - 2 * hour + 5 * minute })
  clock.advance(5 * minute)
  sender.wake()
  await whenAll(store, id, { attempts: 2 })
  expect(gateway.requests).toHaveLength(6)
})

test('a clock that is set back does not lift the hours of a delivery', async () => {
  // Noon in UTC; the hours are from ten to eleven.
  const { clock, store } = await openAt('2026-11-23T12:00:00.000Z')
  const gateway = await openFakeGateway()
  await addClient(store, { phone: phoneNumber(0), timeZone: 'UTC', now: clock.now() })
  const id = await addStartedDelivery(store, { window: { from: '10:00', to: '11:00' }, now: clock.now() })
  const sender = await startSender({ store, gateway, clock })
  await whenAll(store, id, { nextAttemptAt: Date.parse('2026-11-24T10:00:00Z') })

  clock.advance(-4 * hour)
  sender.wake()
  await whenAll(store, id, { nextAttemptAt: Date.parse('2026-11-23T10:00:00Z') })
  expect(gateway.requests).toEqual([])
  clock.advance(2 * hour)
  await whenStatus(store, id, 'completed')
})

test('a program that starts with a clock from before its last change sends what is due', async () => {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway()
  await addClients(store, 3)
  const id = await addStartedDelivery(store)
  clock.advance(-7 * 24 * hour)
  await startSender({ store, gateway, clock })
  await whenStatus(store, id, 'completed')
  expectEachOnce(gateway, 3)
})

test('a clock that leaps over the end expires what is left, and sends nothing more', async () => {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway(() => 'hang')
  await addClients(store, 10)
  const id = await addStartedDelivery(store, { endsAt: now + hour })
  const sender = await startSender({ store, gateway, clock, concurrency: 2 })
  await gateway.received(2)

  clock.advance(365 * 24 * hour)
  sender.wake()
  await whenStatus(store, id, 'completed')
  expect(gateway.requests).toHaveLength(2)
  expect((await messagesIn(store, id)).map((message) => message.status)).toEqual(Array(10).fill('expired'))
})
