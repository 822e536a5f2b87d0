import { expect, test } from 'vitest'
import { deliver, importClients, messagesOf, openTestEngine, testToken, whenDelivery } from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { after, expectEachOnce, openFakeGateway } from '#tests/support/fake-gateway.ts'

test('every message goes out exactly as the contract of the gateway says', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await importClients(engine, 3)

  const id = await deliver(engine, { text: 'Здравствуйте, {{ name }} ({{ phone }}), "{{ city }}" \\ 🎁' })
  const delivery = await whenDelivery(engine, id, 'completed')

  expect(delivery.messages).toMatchObject({ total: 3, byStatus: { sent: 3 } })
  const messages = await messagesOf(engine, id)
  expectEachOnce(gateway, 3)
  for (const [n, message] of messages.entries()) {
    const request = gateway.requests.find((taken) => taken.id === message.id)
    const phone = phoneNumber(n)
    const text = `Здравствуйте, Client ${n} (${phone}), "city ${n}" \\ 🎁`
    expect(request).toMatchObject({
      method: 'POST',
      path: `/v1/send/${message.id}`,
      authorization: `Bearer ${testToken}`,
      contentType: 'application/json',
      body: `{"id":${message.id},"phone":${phone},"text":${JSON.stringify(text)}}`,
      turn: 1,
    })
    expect(message).toMatchObject({ status: 'sent', phone, attempts: 1, nextAttemptAt: null, lastError: null })
    expect(Date.parse(message.sentAt ?? '')).toBeGreaterThanOrEqual(request?.at ?? Number.NaN)
  }
})

test('slow answers are waited for, with as many requests at once as the setting says', async () => {
  const gateway = await openFakeGateway(() => after(100))
  const engine = await openTestEngine(gateway)
  await engine.client.gateway.update({ concurrency: 7 })
  await importClients(engine, 50)

  const id = await deliver(engine)
  const delivery = await whenDelivery(engine, id, 'completed')

  expect(delivery.messages.byStatus.sent).toBe(50)
  expect(gateway.mostAtOnce).toBe(7)
  expectEachOnce(gateway, 50)
})
