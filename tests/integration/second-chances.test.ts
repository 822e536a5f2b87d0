import { expect, test } from 'vitest'
import { deliver, importClients, messagesOf, openTestEngine, whenDelivery } from '#tests/support/engine.ts'
import { accepted, openFakeGateway } from '#tests/support/fake-gateway.ts'

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

test('what cannot be retried is refused in words', async () => {
  const gateway = await openFakeGateway(() => accepted)
  const engine = await openTestEngine(gateway)
  await importClients(engine, 2)
  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')

  await expect(engine.client.deliveries.retry({ id, status: 'failed' })).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(engine.client.deliveries.resolveUncertain({ id, as: 'sent' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  const [message] = await messagesOf(engine, id)
  await expect(engine.client.messages.resolve({ id: message?.id ?? 0, as: 'failed' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
})
