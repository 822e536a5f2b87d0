import { describe, expect, onTestFinished, test } from 'vitest'
import type { Outcome } from '#electron/gateways/gateway.ts'
import type { ReadAnswer } from '#electron/gateways/http-answer.ts'
import {
  type HttpPool,
  type HttpPoolOptions,
  type HttpPoolRequest,
  openHttpPool,
} from '#electron/gateways/http-pool.ts'
import { eventually } from '#tests/support/fake-gateway.ts'
import { http } from '#tests/support/gateway-answer.ts'
import { openMovedSending } from '#tests/support/moved-sending.ts'
import { heapInUse } from '#tests/support/watch-memory.ts'
import { answerOf, ok, well } from '#tests/support/wire-acts.ts'
import { openWireServer, type WireAct } from '#tests/support/wire-server.ts'

const answer = answerOf(200, { body: ok })

describe('a connection that is kept', () => {
  test('and closed silently after each answer causes no failures: nothing is written to it any more', async () => {
    const server = await openWireServer((socket) => socket.end(answer))
    const sending = await openMovedSending({ server, messages: 40, concurrency: 4 })

    await sending.until(async () => {
      for (const message of await sending.messages()) expect(message).toMatchObject({ status: 'sent', attempts: 1 })
    })
    expect(server.requests).toHaveLength(40)
    expect(await sending.attempts()).toEqual([])
  })

  test('and closed at the very moment of the next request costs that message one attempt, and loses none', async () => {
    const server = await openWireServer((socket, { place }) => {
      if (place === 1) socket.write(answer)
      else socket.destroy()
    })
    const sending = await openMovedSending({ server, messages: 12, concurrency: 1 })

    await sending.later(async () => {
      for (const { status } of await sending.messages()) expect(status).toBe('sent')
    })
    const broken = server.requests.filter(({ place }) => place > 1)
    expect(broken.length).toBeGreaterThan(0)
    const attempts = await sending.attempts()
    expect(attempts.map(({ messageId }) => messageId)).toEqual(broken.map(({ id }) => id))
    for (const attempt of attempts) expect(attempt).toMatchObject({ errorCode: 'connection', httpStatus: null })
    expect(sending.channel()).toBeNull()
  })

  const twice: [string, WireAct][] = [
    ['at once', (socket) => socket.write(Buffer.concat([answer, answer]))],
    ['one after the other', (socket) => socket.write(answer, () => setImmediate(() => socket.write(answer)))],
  ]
  test.each(twice)('and brings two answers, %s: the second is no answer to another request', async (_how, act) => {
    const refuse: WireAct = (socket) => socket.write(answerOf(422))
    const server = await openWireServer((socket, request) => (request.id === 1 ? act : refuse)(socket, request))
    const sending = await openMovedSending({ server, messages: 3, concurrency: 1 })

    await sending.until(async () => {
      const statuses = (await sending.messages()).map(({ status }) => status)
      expect(statuses).toEqual(['sent', 'failed', 'failed'])
    })
    expect(server.requests.map(({ id, connection }) => [id, connection])).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
    ])
  })

  test('and broken off in the middle of an answer leaves no rest of it to the next message', async () => {
    const rest = `${'x'.repeat(70_000)}${answer.toString()}`
    const server = await openWireServer((socket, request) => {
      if (request.id === 1) socket.write(answerOf(404, { body: rest }))
      else socket.write(answerOf(422))
    })
    const sending = await openMovedSending({ server, messages: 2, concurrency: 1 })

    await sending.until(async () => {
      expect((await sending.messages()).map(({ status }) => status)).toEqual(['failed', 'failed'])
    })
    expect((await sending.attempts()).map(({ httpStatus }) => httpStatus)).toEqual([404, 422])
    expect(server.connections).toBe(2)
  })
})

test('one request that hangs delays no other', async () => {
  const hang: WireAct = () => undefined
  const server = await openWireServer((socket, request) =>
    (request.id === 1 && request.turn === 1 ? hang : well)(socket, request),
  )
  const sending = await openMovedSending({ server, messages: 30, concurrency: 2, hangs: false })

  await sending.until(async () => {
    const [first, ...others] = await sending.messages()
    expect(first?.status).toBe('sending')
    for (const { status } of others) expect(status).toBe('sent')
  })
  expect(server.connections).toBe(2)
})

describe('a handshake that never ends', () => {
  /** Accepts connections and sends nothing, like a server that hangs with its port open. */
  async function openDeafServer() {
    const server = await openWireServer(() => undefined)
    return { server, origin: `https://127.0.0.1:${server.port}` }
  }

  test('delays its own request alone', async () => {
    const { server, origin } = await openDeafServer()
    const pool = open(origin, { connections: 3 })
    for (let n = 0; n < 3; n += 1) pool.begin(request, () => undefined)
    await eventually(() => expect(server.connections).toBe(3))
  })

  test('frees its connection when the time for a request is over', async () => {
    const { server, origin } = await openDeafServer()
    const pool = open(origin, { connections: 1, timeoutMs: 200 })
    const outcomes: Outcome[] = []
    pool.begin(request, (outcome) => outcomes.push(outcome)).timeOut()
    pool.begin(request, (outcome) => outcomes.push(outcome))

    await eventually(() => expect(server.connections).toBe(2))
    await eventually(() =>
      expect(outcomes).toMatchObject([{ error: { code: 'timeout' } }, { error: { code: 'connection' } }]),
    )
    expect(server.requests).toEqual([])
  })
})

test('a request that cannot be written ends like any other: once, and not within the call', async () => {
  const pool = open('http://127.0.0.1:9')
  const outcomes: Outcome[] = []
  const flight = pool.begin({ ...request, headers: { 'x-name': 'two\nlines' } }, (outcome) => outcomes.push(outcome))
  expect(outcomes).toEqual([])
  await eventually(() => expect(outcomes).toHaveLength(1))
  flight.timeOut()
  expect(outcomes).toMatchObject([{ kind: 'unavailable', answer: null, error: { code: 'connection' } }])
})

test('a request that is given up while it waits for a connection never left; one that was written may have', async () => {
  const server = await openWireServer(() => undefined)
  const pool = open(`http://127.0.0.1:${server.port}`, { connections: 1 })
  const outcomes: Outcome[] = []
  const written = pool.begin(request, (outcome) => outcomes.push(outcome))
  const waiting = pool.begin(request, (outcome) => outcomes.push(outcome))
  await eventually(() => expect(server.requests).toHaveLength(1))
  waiting.abort()
  written.abort()
  expect(outcomes).toMatchObject([
    { kind: 'aborted', mayHaveLeft: false },
    { kind: 'aborted', mayHaveLeft: true },
  ])
})

test('an answer in many small chunks takes no more memory than its bytes', async () => {
  const chunks = '1\r\nx\r\n'.repeat(60_000)
  const server = await openWireServer((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`)
  })
  const before = heapInUse()
  const { promise, resolve } = Promise.withResolvers<number>()
  // The answer is read while everything that came of it is still held.
  const read: ReadAnswer = ({ status, body }) => {
    expect(body).toHaveLength(60_000)
    resolve(heapInUse() - before)
    return { kind: 'accepted', answer: http(status) }
  }
  open(`http://127.0.0.1:${server.port}`, { read }).begin(request, () => undefined)
  expect(await promise).toBeLessThan(2 * 1024 * 1024)
})

const request: HttpPoolRequest = { method: 'POST', path: '/send/1', headers: {}, body: '{}' }
const accept: ReadAnswer = ({ status }) => ({ kind: 'accepted', answer: http(status) })

function open(origin: string, options: Partial<HttpPoolOptions> = {}): HttpPool {
  const pool = openHttpPool({ origin, connections: 1, timeoutMs: 60_000, read: accept, ...options })
  onTestFinished(() => pool.close())
  return pool
}
