import { describe, expect, test } from 'vitest'
import {
  deliver,
  hastyRetries,
  importClients,
  messagesOf,
  openTestEngine,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import {
  accepted,
  after,
  eventually,
  expectEachOnce,
  openFakeGateway,
  type Reply,
} from '#tests/support/fake-gateway.ts'

/** Badly the first times, well at last. */
const thenWell =
  (reply: Reply, times = 1) =>
  (request: { readonly turn: number }) =>
    request.turn <= times ? reply : accepted

describe('a fault that passes is tried again with the same id until the gateway accepts', () => {
  test.each<[string, Reply, { code: string; detail: string; httpStatus: number | null }]>([
    ['503', { status: 503, body: 'busy' }, { code: 'server_error', detail: 'HTTP 503: busy', httpStatus: 503 }],
    ['500', { status: 500 }, { code: 'server_error', detail: 'HTTP 500', httpStatus: 500 }],
    ['408', { status: 408 }, { code: 'server_error', detail: 'HTTP 408', httpStatus: 408 }],
    ['429', { status: 429 }, { code: 'rate_limited', detail: 'HTTP 429', httpStatus: 429 }],
    [
      '200 with a code that is not 0',
      { status: 200, body: '{"code":3}' },
      { code: 'bad_response', detail: 'HTTP 200: {"code":3}', httpStatus: 200 },
    ],
    [
      '200 with a page',
      { status: 200, body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } },
      { code: 'bad_response', detail: 'HTTP 200: <html>Log in</html>', httpStatus: 200 },
    ],
    ['200 with nothing', { status: 200 }, { code: 'bad_response', detail: 'HTTP 200', httpStatus: 200 }],
    [
      'a redirect',
      { status: 302, headers: { location: '/elsewhere' } },
      { code: 'bad_response', detail: 'HTTP 302', httpStatus: 302 },
    ],
    [
      'an answer without an end',
      { status: 200, body: 'x'.repeat(100_000) },
      { code: 'bad_response', detail: 'HTTP 200 with a body of more than 65536 bytes', httpStatus: 200 },
    ],
    ['a closed connection', 'reset', { code: 'connection', detail: expect.stringMatching(/./), httpStatus: null }],
    ['half an answer', 'half', { code: 'connection', detail: expect.stringMatching(/./), httpStatus: 200 }],
    ['no answer', 'hang', { code: 'timeout', detail: 'no full answer in time', httpStatus: null }],
  ])('%s', async (_name, reply, { httpStatus, ...error }) => {
    const gateway = await openFakeGateway(thenWell(reply, 2))
    const engine = await openTestEngine(gateway)
    await engine.client.gateway.update({ timeoutMs: 300 })
    await importClients(engine, 3)

    const id = await deliver(engine)
    await whenDelivery(engine, id, 'completed')

    expect(gateway.requests).toHaveLength(9)
    for (const message of await messagesOf(engine, id)) {
      expect(message).toMatchObject({ status: 'sent', attempts: 3, lastError: null })
      expect(gateway.timesSeen.get(message.id)).toBe(3)
      const { history } = await engine.client.messages.get({ id: message.id })
      expect(history).toMatchObject([
        { number: 1, httpStatus, error },
        { number: 2, httpStatus, error },
        { number: 3, httpStatus: 200, counted: true, status: 'sent', error: null },
      ])
      expect(history[0]?.durationMs).toBeGreaterThanOrEqual(reply === 'hang' ? 290 : 0)
    }
    const { errors, timeline } = await engine.client.statistics.detail({ id })
    expect(errors).toEqual([{ code: error.code, count: 6 }])
    expect(timeline.reduce((sum, point) => sum + point.sent, 0)).toBe(3)
  })
})

test('a gateway that never gets well: the attempts are used up, and the last error says why', async () => {
  const gateway = await openFakeGateway(() => ({ status: 503, body: 'out of order' }))
  const engine = await openTestEngine(gateway, { retries: { ...hastyRetries, attempts: 4 } })
  await importClients(engine, 3)

  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')

  expect([...gateway.timesSeen.values()]).toEqual([4, 4, 4])
  for (const message of await messagesOf(engine, id)) {
    const lastError = { code: 'server_error', detail: 'HTTP 503: out of order' }
    expect(message).toMatchObject({ status: 'failed', attempts: 4, nextAttemptAt: null, sentAt: null, lastError })
  }
})

test.each([400, 404, 409, 413, 422])("%i is final, in the gateway's own words", async (status) => {
  const body = `{"code":${status},"message":"it's \\"not\\" a number'); DROP TABLE messages; -- \\u0000 🎁"}`
  const gateway = await openFakeGateway((request) => (request.phone % 2 === 0 ? { status, body } : accepted))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 4)

  const id = await deliver(engine)
  const delivery = await whenDelivery(engine, id, 'completed')

  expect(delivery.messages.byStatus).toMatchObject({ sent: 2, failed: 2 })
  expectEachOnce(gateway, 4)
  const error = { code: 'rejected', detail: `HTTP ${status}: ${body}` }
  for (const message of await messagesOf(engine, id)) {
    const { history } = await engine.client.messages.get({ id: message.id })
    if (Number(message.phone) % 2 === 1) expect(message).toMatchObject({ status: 'sent', lastError: null })
    else {
      expect(message).toMatchObject({ status: 'failed', attempts: 1, lastError: error })
      expect(history).toMatchObject([{ number: 1, httpStatus: status, error }])
    }
  }
})

test('words with odd bytes are kept as they can be, and break nothing', async () => {
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
  const engine = await openTestEngine(gateway, { retries: { ...hastyRetries, attempts: 10_000 } })
  await engine.client.gateway.update({ concurrency: 8 })
  await importClients(engine, 300)

  const id = await deliver(engine)
  await gateway.received(60)
  await gateway.goDown()
  // The circuit opens after twenty failures in a row: from then on only probes run into the closed door.
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
  // Only those that it had before it when it went down can have come twice.
  expect([...gateway.timesSeen.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(8)
})

test('a gateway that is down from the start keeps nobody else waiting', async () => {
  const gateway = await openFakeGateway()
  await gateway.goDown()
  const engine = await openTestEngine(gateway, { retries: { ...hastyRetries, attempts: 10_000 } })
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

test('a text that cannot be made for one client fails for that client alone', async () => {
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

test('while one delivery meets nothing but faults, another goes out', async () => {
  const gateway = await openFakeGateway((request) => (request.text === 'bad' ? { status: 503 } : accepted))
  const engine = await openTestEngine(gateway, { retries: { ...hastyRetries, attempts: 10_000 } })
  await importClients(engine, 200)

  const bad = await deliver(engine, { text: 'bad' })
  await whenCounted(engine, bad, { sent: 0 })
  await gateway.received(500)
  const good = await deliver(engine, { text: 'good' })
  expect((await whenDelivery(engine, good, 'completed')).messages.byStatus.sent).toBe(200)

  await engine.client.deliveries.cancel({ id: bad })
  await whenCounted(engine, bad, { queued: 0, sending: 0, cancelled: 200 })
})
