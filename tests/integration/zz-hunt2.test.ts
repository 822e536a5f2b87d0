import { expect, test } from 'vitest'
import { addClients, addStartedDelivery } from '#tests/support/factories.ts'
import { accepted, eventually, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { startSender } from '#tests/support/sender.ts'
import { settableClock } from '#tests/support/settable-clock.ts'
import { temporaryStore } from '#tests/support/temporary-store.ts'

test('D5 waits without turning', async () => {
  const clock = settableClock()
  const store = await temporaryStore(clock.now)
  await addClients(store, 8)
  const id = await addStartedDelivery(store)
  const gateway = await openFakeGateway(() => ({ status: 429, headers: { 'retry-after': '60' } }))
  const sender = await startSender({ store, gateway, clock, concurrency: 4 })
  await gateway.received(8)
  await eventually(async () => {
    const row = await store.read.sql.first('SELECT queued FROM delivery_counters WHERE deliveryId = ?', [id])
    expect(row).toEqual({ queued: 8 })
  })
  gateway.answer(() => 'hang')
  clock.advance(61_000)
  await gateway.received(12)
  const before = sender.turns
  await new Promise((r) => setTimeout(r, 500))
  console.log('turns', sender.turns - before)
  gateway.answer(() => accepted)
})
