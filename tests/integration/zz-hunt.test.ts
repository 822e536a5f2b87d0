import { expect, test } from 'vitest'
import { deliver, importClients, messagesOf, openTestEngine, whenCounted, whenDelivery } from '#tests/support/engine.ts'
import { accepted, eventually, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'

test('D1 a delivery to nobody is completed at once', async () => {
  const engine = await openTestEngine(await openFakeGateway())
  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed', 3000)
})

test('D2 a delivery whose last waiting client is deleted is completed', async () => {
  const gateway = await openFakeGateway(() => ({ status: 429, headers: { 'retry-after': '600' } }))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 1)
  const id = await deliver(engine)
  await whenCounted(engine, id, { queued: 1, sending: 0 })
  await gateway.received(1)
  await eventually(async () => expect((await messagesOf(engine, id))[0]?.attempts).toBe(1))
  await engine.client.clients.delete({ id: 1 })
  await whenDelivery(engine, id, 'completed', 3000)
})

test('D3 a delivery ends while the channel is stopped', async () => {
  const gateway = await openFakeGateway(() => ({ status: 401 }))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 3)
  const id = await deliver(engine, { endsAt: new Date(Date.now() + 1500).toISOString() })
  await whenCounted(engine, id, { expired: 3 }, 5000)
  await whenDelivery(engine, id, 'completed', 3000)
})

test('D4 closed while the last requests are in flight', async () => {
  const held = heldBack()
  const gateway = await openFakeGateway(held.script)
  const engine = await openTestEngine(gateway)
  await importClients(engine, 3)
  const id = await deliver(engine)
  await gateway.received(3)
  const closed = engine.close()
  held.release()
  await closed
  await engine.reopen()
  await whenDelivery(engine, id, 'completed', 3000)
})

test('D6 a late 401 to the old token', async () => {
  const held = heldBack({ status: 401 })
  const gateway = await openFakeGateway(held.script)
  const engine = await openTestEngine(gateway, { environment: { gatewayUrl: gateway.url } })
  await engine.client.gateway.update({ token: 'old' })
  await importClients(engine, 3)
  const id = await deliver(engine)
  await gateway.received(3)
  gateway.answer(() => accepted)
  await engine.client.gateway.update({ token: 'new' })
  held.release()
  await whenDelivery(engine, id, 'completed', 3000)
})

test('D7 two changes of the settings at once', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await Promise.all([engine.client.gateway.update({ concurrency: 5 }), engine.client.gateway.update({ timeoutMs: 777 })])
  expect(await engine.client.gateway.get()).toMatchObject({ concurrency: 5, timeoutMs: 777 })
})

test.skip('D8', async () => {
  await openTestEngine(null, { environment: { gatewayUrl: 'not a url' } }).then(() => { throw new Error('opened') }, (e) => console.log('D8', e))
})

test('D9 endsAt moved closer while in flight', async () => {
  const gateway = await openFakeGateway(() => 'hang')
  const engine = await openTestEngine(gateway)
  await importClients(engine, 1)
  const id = await deliver(engine)
  await gateway.received(1)
  await engine.client.deliveries.update({ id, endsAt: new Date(Date.now() + 500).toISOString() })
  await whenDelivery(engine, id, 'completed', 3000)
})
