import { expect, test } from 'vitest'
import {
  deliver,
  importClients,
  messagesOf,
  openTestEngine,
  testToken,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { after, eventually, expectEachOnce, openFakeGateway } from '#tests/support/fake-gateway.ts'

test("every request follows the gateway's contract exactly", async () => {
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

test("a query in the gateway's address stays behind the id", async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway, { environment: { gatewayUrl: `${gateway.url}/?key=abc` } })
  await importClients(engine, 1)
  await whenDelivery(engine, await deliver(engine), 'completed')
  expect(gateway.requests.map(({ path }) => path)).toEqual(['/v1/send/1?key=abc'])
})

test('slow answers are awaited, with the configured number of parallel requests', async () => {
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

test('a small delivery that starts behind a large one does not wait for it', async () => {
  const gateway = await openFakeGateway(() => after(20))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 2_000)
  for (let id = 1; id <= 10; id += 1) await engine.client.clients.update({ id, tags: ['vip'] })

  const large = await deliver(engine, { text: 'large' })
  await gateway.received(100)
  const small = await deliver(engine, { text: 'small', filter: { tags: ['vip'] } })
  await whenDelivery(engine, small, 'completed')
  const meanwhile = await engine.client.deliveries.get({ id: large })
  await whenDelivery(engine, large, 'completed')

  // In turn: the ten are among the next forty or so, without those that were in flight before.
  const texts = gateway.requests.map((request) => request.text)
  expect(texts.lastIndexOf('small') - texts.indexOf('small')).toBeLessThan(100)
  expect(meanwhile.messages.byStatus.queued).toBeGreaterThan(1_000)
  expectEachOnce(gateway, 2_010)
})

test('three deliveries to the same people write to each of them once for each', async () => {
  const gateway = await openFakeGateway(() => after(5))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 100)

  const ids = await Promise.all(['a', 'b', 'c'].map((text) => deliver(engine, { text })))
  for (const id of ids) await whenDelivery(engine, id, 'completed')

  expectEachOnce(gateway, 300)
  const written = new Set(gateway.requests.map(({ phone, text }) => `${phone} ${text}`))
  expect(written.size).toBe(300)
})

test('a listener receives the progress and the end', async () => {
  const gateway = await openFakeGateway(() => after(50))
  const engine = await openTestEngine(gateway)
  await engine.client.gateway.update({ concurrency: 5 })
  await importClients(engine, 100)

  const id = await deliver(engine)
  await whenCounted(engine, id, { sent: 100 })
  await eventually(() =>
    expect(engine.heard.findLast((event) => event.type === 'delivery')).toMatchObject({
      id,
      status: 'completed',
      messages: { total: 100, byStatus: { sent: 100, queued: 0, sending: 0 } },
      finishedAt: expect.any(String),
      perSecond: 0,
    }),
  )

  const told = engine.heard.filter((event) => event.type === 'delivery')
  const sent = told.map((event) => event.messages.byStatus.sent)
  expect(sent).toEqual(sent.toSorted((a, b) => a - b))
  expect(Math.max(...told.map((event) => event.perSecond))).toBeGreaterThan(10)
  const { startedAt, finishedAt } = await engine.client.deliveries.get({ id })
  const seconds = (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000
  expect(told.length).toBeLessThanOrEqual((seconds + 2.5) * 4 + 2)
})

test('a client who is added after the start gets nothing; one whom the filter leaves out neither', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await importClients(engine, 4)
  await engine.client.clients.update({ id: 1, tags: ['staff'] })
  await engine.client.clients.update({ id: 2, optedOutAt: new Date().toISOString() })

  const id = await deliver(engine, { filter: { excludeTags: ['staff'] } })
  await engine.client.clients.create({ phone: '79990000000' })
  await whenDelivery(engine, id, 'completed')

  expect((await messagesOf(engine, id)).map((message) => message.clientId)).toEqual([3, 4])
  expectEachOnce(gateway, 2)
})

test('a gateway that closes the connection after each answer is used like any other', async () => {
  const gateway = await openFakeGateway(() => ({ status: 200, body: '{"code":0}', headers: { connection: 'close' } }))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 200)

  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')

  expectEachOnce(gateway, 200)
  expect((await engine.client.statistics.detail({ id })).errors).toEqual([])
})

test('a delivery keeps to its rate, and another one beside it is not slowed down', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await importClients(engine, 30)

  const slow = await deliver(engine, { text: 'slow', ratePerSecond: 20 })
  const fast = await deliver(engine, { text: 'fast' })
  await whenDelivery(engine, fast, 'completed')
  expect((await engine.client.deliveries.get({ id: slow })).messages.byStatus.queued).toBeGreaterThan(0)
  await whenDelivery(engine, slow, 'completed')

  const at = gateway.requests.filter((request) => request.text === 'slow').map((request) => request.at)
  expect(at).toHaveLength(30)
  // The bucket starts with one token and holds up to a quarter of a second's worth.
  expect(Math.max(...at) - Math.min(...at)).toBeGreaterThanOrEqual(((30 - 1 - 5) / 20) * 1000)
  expectEachOnce(gateway, 60)
})
