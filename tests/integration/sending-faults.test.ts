import { expect, test } from 'vitest'
import {
  deliver,
  fastRetries,
  importClients,
  messagesOf,
  openTestEngine,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { accepted, after, eventually, expectEachOnce, openFakeGateway } from '#tests/support/fake-gateway.ts'

// The fault matrix covers the meaning of each fault; these are the stories of a whole engine.

test('failures are kept in the history of the message and in the statistics', async () => {
  const gateway = await openFakeGateway(({ turn }) =>
    turn === 1 ? { status: 503, body: 'busy' } : turn === 2 ? 'half' : turn === 3 ? 'hang' : accepted,
  )
  const engine = await openTestEngine(gateway)
  await engine.client.gateway.update({ timeoutMs: 1_500 })
  await importClients(engine, 3)

  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')

  expect(gateway.requests).toHaveLength(12)
  for (const message of await messagesOf(engine, id)) {
    expect(message).toMatchObject({ status: 'sent', attempts: 4, lastError: null })
    expect(gateway.timesSeen.get(message.id)).toBe(4)
    const { history } = await engine.client.messages.get({ id: message.id })
    expect(history).toMatchObject([
      { number: 1, httpStatus: 503, error: { code: 'server_error', detail: 'HTTP 503: busy' } },
      { number: 2, httpStatus: 200, error: { code: 'connection', detail: expect.stringMatching(/./) } },
      { number: 3, httpStatus: null, error: { code: 'timeout', detail: 'no full answer in time' } },
      { number: 4, httpStatus: 200, counted: true, status: 'sent', error: null },
    ])
    expect(history[2]?.durationMs).toBeGreaterThanOrEqual(1_490)
  }
  const { errors, timeline } = await engine.client.statistics.detail({ id })
  expect(errors.toSorted((a, b) => a.code.localeCompare(b.code))).toEqual([
    { code: 'connection', count: 3 },
    { code: 'server_error', count: 3 },
    { code: 'timeout', count: 3 },
  ])
  expect(timeline.reduce((sum, point) => sum + point.sent, 0)).toBe(3)
})

test("a refusal is final, in the gateway's own words", async () => {
  const body = `{"code":400,"message":"it's \\"not\\" a number'); DROP TABLE messages; -- \\u0000 🎁"}`
  const gateway = await openFakeGateway(({ phone }) => (phone % 2 === 0 ? { status: 400, body } : accepted))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 4)

  const id = await deliver(engine)
  const delivery = await whenDelivery(engine, id, 'completed')

  expect(delivery.messages.byStatus).toMatchObject({ sent: 2, failed: 2 })
  expectEachOnce(gateway, 4)
  const error = { code: 'rejected', detail: `HTTP 400: ${body}` }
  for (const message of await messagesOf(engine, id)) {
    const { history } = await engine.client.messages.get({ id: message.id })
    if (Number(message.phone) % 2 === 1) expect(message).toMatchObject({ status: 'sent', lastError: null })
    else {
      expect(message).toMatchObject({ status: 'failed', attempts: 1, lastError: error })
      expect(history).toMatchObject([{ number: 1, httpStatus: 400, error }])
    }
  }
})

test('words with invalid bytes are kept as far as possible, and break nothing', async () => {
  const gateway = await openFakeGateway(() => ({ status: 400, body: `\u0000'${'й'.repeat(297)}🎁🎁\ud800` }))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 1)

  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')

  const [message] = await messagesOf(engine, id)
  expect(message?.lastError?.detail).toBe(`HTTP 400: \u0000'${'й'.repeat(297)}…`)
})

test('a gateway that is down for a while gets everything once it is back', async () => {
  const gateway = await openFakeGateway(() => after(5))
  const engine = await openTestEngine(gateway, { retries: { ...fastRetries, attempts: 10_000 } })
  await engine.client.gateway.update({ concurrency: 8 })
  await importClients(engine, 300)

  const id = await deliver(engine)
  await gateway.received(60)
  await gateway.goDown()
  // The circuit opens after twenty consecutive failures. From then on only probes meet the closed port.
  await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'down' }))
  await whenCounted(engine, id, { sending: 0 })
  const { errors } = await engine.client.statistics.detail({ id })
  expect(errors.find((error) => error.code === 'connection')?.count).toBeLessThanOrEqual(20 + 8 + 8)
  const messages = await messagesOf(engine, id)
  expect(Math.max(...messages.map(({ attempts }) => attempts))).toBeLessThanOrEqual(20)
  await gateway.comeUp()
  const delivery = await whenDelivery(engine, id, 'completed')

  expect(await engine.client.gateway.channel()).toMatchObject({ status: 'open' })
  expect(delivery.messages.byStatus.sent).toBe(300)
  expect(gateway.timesSeen.size).toBe(300)
  // Only requests that were in flight when it went down can have been repeated.
  expect([...gateway.timesSeen.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(8)
})

test('a gateway that is down from the start delays nothing else', async () => {
  const gateway = await openFakeGateway()
  await gateway.goDown()
  const engine = await openTestEngine(gateway, { retries: { ...fastRetries, attempts: 10_000 } })
  await importClients(engine, 10)

  const id = await deliver(engine)
  await eventually(async () =>
    expect((await engine.client.messages.get({ id: 1 })).lastError).toMatchObject({
      code: 'connection',
      detail: expect.stringContaining('ECONNREFUSED'),
    }),
  )
  await engine.client.clients.create({ phone: '79990000000' })
  expect(await engine.client.statistics.general()).toMatchObject({ messages: { total: 10 } })
  await gateway.comeUp()
  await whenDelivery(engine, id, 'completed')
  expectEachOnce(gateway, 10)
})

test('a text that cannot be rendered for one client fails for that client alone', async () => {
  const gateway = await openFakeGateway()
  const engine = await openTestEngine(gateway)
  await importClients(engine, 3)
  await engine.client.clients.update({ id: 2, attributes: { essay: 'x'.repeat(6_000) } })

  const id = await deliver(engine, { text: 'Hello {{ essay }}{{ essay }}' })
  await whenDelivery(engine, id, 'completed')

  const [first, second, third] = await messagesOf(engine, id)
  expect([first?.status, third?.status]).toEqual(['sent', 'sent'])
  const error = { code: 'template', detail: 'the rendered text is longer than 10000 characters' }
  expect(second).toMatchObject({ status: 'failed', attempts: 1, lastError: error })
  expectEachOnce(gateway, 2)
})

test('while one delivery meets only failures, another goes out', async () => {
  const gateway = await openFakeGateway((request) => (request.text === 'bad' ? { status: 503 } : accepted))
  const engine = await openTestEngine(gateway, { retries: { ...fastRetries, attempts: 10_000 } })
  await importClients(engine, 200)

  const bad = await deliver(engine, { text: 'bad' })
  await whenCounted(engine, bad, { sent: 0 })
  await gateway.received(500)
  const good = await deliver(engine, { text: 'good' })
  expect((await whenDelivery(engine, good, 'completed')).messages.byStatus.sent).toBe(200)

  await engine.client.deliveries.cancel({ id: bad })
  await whenCounted(engine, bad, { queued: 0, sending: 0, cancelled: 200 })
})
