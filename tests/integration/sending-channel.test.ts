import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deliver, importClients, messagesOf, openTestEngine, whenCounted, whenDelivery } from '#tests/support/engine.ts'
import { accepted, after, eventually, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'

/** An engine whose token is from the settings, not from the environment. */
async function openWithToken(token: string, script: Parameters<typeof openFakeGateway>[0]) {
  const gateway = await openFakeGateway(script)
  const engine = await openTestEngine(gateway, { environment: { gatewayUrl: gateway.url } })
  await engine.client.gateway.update({ token, concurrency: 4 })
  await importClients(engine, 20)
  return { gateway, engine }
}

test.each([401, 403])('%i stops the channel, notifies the user, and costs no message an attempt', async (status) => {
  const { gateway, engine } = await openWithToken('old', () => ({ status, body: '{"code":1,"message":"who are you"}' }))

  const id = await deliver(engine)
  const reason = `HTTP ${status}: {"code":1,"message":"who are you"}`
  const stopped = { status: 'stopped', reason, since: expect.any(String), nextProbeAt: null }
  await eventually(() => expect(engine.heard).toContainEqual({ type: 'channel', channel: stopped }))
  expect(await engine.client.gateway.channel()).toEqual(stopped)
  await whenCounted(engine, id, { queued: 20, sending: 0 })

  // What starts now waits as well: no request goes to a stopped channel.
  const second = await deliver(engine)
  await whenCounted(engine, second, { queued: 20 })
  expect(gateway.requests.length).toBeLessThanOrEqual(4)
  for (const message of await messagesOf(engine, id)) expect(message).toMatchObject({ status: 'queued', attempts: 0 })
  const refused = await engine.client.messages.get({ id: gateway.requests[0]?.id ?? 0 })
  expect(refused).toMatchObject({ lastError: { code: 'unauthorized', detail: reason } })
  expect(refused.history).toMatchObject([{ httpStatus: status, error: { code: 'unauthorized', detail: reason } }])

  gateway.answer(() => accepted)
  expect(await engine.client.gateway.reopen()).toEqual({ status: 'open', reason: null, since: null, nextProbeAt: null })
  await whenDelivery(engine, id, 'completed')
  await whenDelivery(engine, second, 'completed')
  for (const message of await messagesOf(engine, id)) expect(message).toMatchObject({ status: 'sent', attempts: 1 })
  await eventually(() =>
    expect(engine.heard.findLast((event) => event.type === 'channel')).toMatchObject({ channel: { status: 'open' } }),
  )
})

test('what the gateway says about a refused token is shown to the user, not written to the log file', async () => {
  const { engine } = await openWithToken('old', () => ({ status: 401, body: 'Bad token for "Hello"' }))
  await deliver(engine)
  await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' }))
  await eventually(async () =>
    expect(await readFile(join(engine.dataDir, 'logs/scheduler.log'), 'utf8')).toMatch(/channel is stopped.*HTTP 401/),
  )
  expect(await readFile(join(engine.dataDir, 'logs/scheduler.log'), 'utf8')).not.toContain('Hello')
})

test('a new token reopens the channel', async () => {
  const { gateway, engine } = await openWithToken('old', ({ authorization }) =>
    authorization === 'Bearer new' ? accepted : { status: 401 },
  )
  const id = await deliver(engine)
  await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' }))

  await engine.client.gateway.update({ token: 'new' })
  const delivery = await whenDelivery(engine, id, 'completed')

  expect(delivery.messages.byStatus.sent).toBe(20)
  expect(gateway.requests.filter((request) => request.authorization === 'Bearer new')).toHaveLength(20)
  expect(await engine.client.gateway.channel()).toEqual({
    status: 'open',
    reason: null,
    since: null,
    nextProbeAt: null,
  })
})

test('a late refusal of the old token does not stop the channel of the new one', async () => {
  const held = heldBack({ status: 401 })
  const { gateway, engine } = await openWithToken('old', held.script)
  const id = await deliver(engine)
  await gateway.received(4)

  gateway.answer(() => accepted)
  await engine.client.gateway.update({ token: 'new' })
  held.release()
  await whenDelivery(engine, id, 'completed')

  expect(gateway.requests.slice(4).map((request) => request.authorization)).toEqual(Array(20).fill('Bearer new'))
  expect(engine.heard.filter((event) => event.type === 'channel')).toEqual([])
})

test('a reopened channel that is refused again is stopped again', async () => {
  const { gateway, engine } = await openWithToken('old', () => ({ status: 401 }))
  const id = await deliver(engine)
  await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' }))
  const before = gateway.requests.length

  await engine.client.gateway.reopen()
  await gateway.received(before + 1)
  await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' }))

  await whenCounted(engine, id, { queued: 20, sending: 0 })
})

test('a delivery ends on time while the channel is stopped', async () => {
  const { engine } = await openWithToken('old', () => ({ status: 401 }))
  const id = await deliver(engine, { endsAt: new Date(Date.now() + 3_000).toISOString() })
  await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' }))

  const delivery = await whenDelivery(engine, id, 'completed')

  expect(delivery.messages.byStatus).toMatchObject({ expired: 20, queued: 0 })
})

test('after a restart the channel is tried again', async () => {
  const { gateway, engine } = await openWithToken('old', () => ({ status: 401 }))
  const id = await deliver(engine)
  await eventually(async () => expect(await engine.client.gateway.channel()).toMatchObject({ status: 'stopped' }))
  await engine.close()

  gateway.answer(() => accepted)
  await engine.reopen()
  await whenDelivery(engine, id, 'completed')
  expect(await engine.client.gateway.channel()).toMatchObject({ status: 'open' })
})

test('another address takes over while requests to the old one are in flight', async () => {
  const old = await openFakeGateway(() => after(100))
  const next = await openFakeGateway()
  const engine = await openTestEngine(null)
  await engine.client.gateway.update({ kind: 'http', url: old.url, token: 't', concurrency: 4 })
  await importClients(engine, 100)
  const id = await deliver(engine)
  await old.received(8)

  await engine.client.gateway.update({ url: next.url })
  const delivery = await whenDelivery(engine, id, 'completed')

  expect(delivery.messages.byStatus.sent).toBe(100)
  expect(old.requests.length + next.requests.length).toBe(100)
  expect(next.requests.length).toBeGreaterThan(50)
})

test('the sandbox needs no settings, and behaves as configured', async () => {
  const engine = await openTestEngine(null)
  await engine.client.gateway.update({ sandbox: { latencyMs: 0, errorRate: 1, ratePerSecond: null } })
  await importClients(engine, 10)
  const id = await deliver(engine)
  await eventually(async () =>
    expect((await engine.client.statistics.detail({ id })).errors[0]).toMatchObject({ code: 'server_error' }),
  )

  await engine.client.gateway.update({ sandbox: { errorRate: 0 } })
  await whenDelivery(engine, id, 'completed')
  expect(await engine.client.gateway.test({})).toMatchObject({ ok: true, httpStatus: 200 })
})
