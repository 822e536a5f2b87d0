import { expect, test } from 'vitest'
import { changeDelivery } from '#electron/deliveries/write-delivery.ts'
import { addClients, addStartedDelivery } from '#tests/support/factories.ts'
import { accepted, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { hour, messagesIn, minute, now, openAt, whenAll, whenStatus } from '#tests/support/moved-clock.ts'
import { startSender } from '#tests/support/sender.ts'

/** A delivery whose only message the gateway asked to wait for an hour, counted from noon. */
async function heldForAnHour() {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway(({ turn }) =>
    turn === 1 ? { status: 429, headers: { 'retry-after': '3600' } } : accepted,
  )
  await addClients(store, 1)
  const id = await addStartedDelivery(store)
  const sender = await startSender({ store, gateway, clock })
  await whenAll(store, id, { status: 'queued', nextAttemptAt: now + hour })
  return { clock, store, gateway, id, sender }
}

test('a wait that the gateway asked for survives an edit of the window', async () => {
  const { clock, store, gateway, id, sender } = await heldForAnHour()
  await store.write((writing) => changeDelivery(writing, id, { window: { from: '00:00', to: '23:59' } }, clock.now()))
  await store.write((writing) => changeDelivery(writing, id, { window: null }, clock.now()))
  const { turns } = sender
  sender.wake()
  await expect.poll(() => sender.turns).toBeGreaterThan(turns)
  expect(await messagesIn(store, id)).toMatchObject([{ status: 'queued', nextAttemptAt: now + hour }])
  expect(gateway.requests).toHaveLength(1)

  clock.advance(hour)
  sender.wake()
  await whenStatus(store, id, 'completed')
  expect(gateway.requests).toHaveLength(2)
})

test('what is left of the wait survives a clock that is set back', async () => {
  const { clock, store, gateway, id, sender } = await heldForAnHour()
  clock.advance(20 * minute)
  const { turns } = sender
  sender.wake()
  await expect.poll(() => sender.turns).toBeGreaterThan(turns)
  clock.advance(-24 * hour)
  sender.wake()
  const setBackTo = clock.now()
  await whenAll(store, id, { nextAttemptAt: setBackTo + 40 * minute })

  clock.advance(39 * minute)
  sender.wake()
  expect(gateway.requests).toHaveLength(1)
  clock.advance(minute)
  sender.wake()
  await whenStatus(store, id, 'completed')
})

test('a wait that begins while the clock is set back is counted from the new time alone', async () => {
  const { clock, store } = await openAt()
  const held = heldBack({ status: 429, headers: { 'retry-after': '3600' } })
  const gateway = await openFakeGateway(held.script)
  await addClients(store, 1)
  const id = await addStartedDelivery(store)
  await startSender({ store, gateway, clock })
  await gateway.received(1)
  // The turn that notices the clock also records the answer.
  clock.advance(-24 * hour)
  held.release()
  await whenAll(store, id, { status: 'queued', attempts: 1 })
  expect(await messagesIn(store, id)).toMatchObject([{ nextAttemptAt: clock.now() + hour }])
})
