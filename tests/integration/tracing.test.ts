import { describe, expect, test } from 'vitest'
import type { ActivityEvent } from '#electron/base/trace-line.ts'
import { changeDeliveryState } from '#electron/deliveries/delivery-commands.ts'
import { resolveUncertain, resolveUncertainMessage } from '#electron/deliveries/resolve-uncertain.ts'
import { retryMessages } from '#electron/deliveries/retry-failed.ts'
import {
  deliver,
  importClients,
  openTestEngine,
  temporaryFolder,
  whenCounted,
  whenDelivery,
} from '#tests/support/engine.ts'
import { addClients, addDelivery, addStartedDelivery, settleMessages, testNow } from '#tests/support/factories.ts'
import { accepted, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { expectBooksToBalance } from '#tests/support/ledger.ts'
import { grep, logLines, whenLogged } from '#tests/support/log-files.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'

/** A number as a line of the log carries it. */
const ms = expect.stringMatching(/ ms=\d+ /)
const soon = () => new Date(Date.now() + 700).toISOString()

describe('scheduler.log', () => {
  test('records every request of a message, and its result', async () => {
    const answers = [{ status: 503, body: 'busy' }, { status: 429, headers: { 'retry-after': '0' } }, accepted] as const
    const gateway = await openFakeGateway(({ turn }) => answers[turn - 1] ?? accepted)
    const engine = await openTestEngine(gateway)
    await importClients(engine, 1)
    const id = await deliver(engine)
    await whenDelivery(engine, id, 'completed')
    await whenLogged(engine.dataDir, `delivery=${id}`, 'status=completed')

    const lines = await grep(engine.dataDir, 'message=1')
    const ids = `delivery=${id} message=1 client=1`
    expect(lines).toEqual([
      `info ${ids} status=queued why="the audience is fixed"`,
      expect.stringMatching(
        new RegExp(
          `^info ${ids} attempt=1 http=503 ms=\\d+ status=queued until=\\S+Z error=server_error answer="HTTP 503: busy"$`,
        ),
      ),
      expect.stringMatching(
        new RegExp(
          `^info ${ids} attempt=2 http=429 ms=\\d+ status=queued until=\\S+Z error=rate_limited answer="HTTP 429"$`,
        ),
      ),
      expect.stringMatching(new RegExp(`^info ${ids} attempt=3 http=200 ms=\\d+ status=sent$`)),
    ])
    expect(await grep(engine.dataDir, 'client=1')).toEqual(lines)
    expect((await grep(engine.dataDir, `delivery=${id}`)).filter((line) => !lines.includes(line))).toEqual([
      `info delivery=${id} status=scheduled by=operator`,
      `info delivery=${id} status=running firstMessage=1 lastMessage=1 why="its start has come"`,
      `info delivery=${id} messages=1 status=queued why="the audience is fixed"`,
      `info delivery=${id} status=completed why="nothing is queued and nothing in flight"`,
    ])
    const message = await engine.client.messages.get({ id: 1 })
    expect(message.history.map(({ number, httpStatus }) => [number, httpStatus])).toEqual([
      [1, 503],
      [2, 429],
      [3, 200],
    ])
  })

  test('carries the moment at which a request ended, not that at which it was written down', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 1)
    const id = await deliver(engine)
    await whenDelivery(engine, id, 'completed')
    await whenLogged(engine.dataDir, 'message=1', 'status=sent')

    const line = (await logLines(engine.dataDir)).find((each) => each.includes('status=sent')) ?? ''
    const [, endedAt = '', took = ''] = /^(\S+) .* ms=(\d+) /.exec(line) ?? []
    const beganAt = Date.parse(endedAt) - Number(took)
    expect(beganAt).toBeLessThanOrEqual(gateway.requests[0]?.at ?? 0)
    expect(Date.parse(endedAt)).toBeGreaterThanOrEqual(gateway.requests[0]?.at ?? Number.POSITIVE_INFINITY)
  })

  test('has the reason of a final refusal, and no used attempt for a gateway that is down', async () => {
    const gateway = await openFakeGateway(() => ({ status: 422, body: '{"error":"no such number"}' }))
    const engine = await openTestEngine(gateway)
    await importClients(engine, 1)
    await whenDelivery(engine, await deliver(engine), 'completed')
    expect(await whenLogged(engine.dataDir, 'message=1', 'status=failed')).toEqual([
      expect.stringContaining(String.raw`error=rejected answer="HTTP 422: {\"error\":\"no such number\"}"`),
    ])

    gateway.answer(() => ({ status: 401, body: 'who are you?' }))
    const second = await deliver(engine)
    await whenCounted(engine, second, { queued: 1, sending: 0 })
    const [line] = await whenLogged(engine.dataDir, `delivery=${second}`, 'error=unauthorized')
    expect(line).toEqual(ms)
    expect(line).toMatch(/attempt=1 counted=no http=401 .* answer="HTTP 401: who are you\?"$/)
  })

  test('records what the end of a delivery and closed hours do to its messages', async () => {
    const gateway = await openFakeGateway()
    const engine = await openTestEngine(gateway)
    await importClients(engine, 2)
    const now = new Date(Date.now() + 3 * 3_600_000)
    const hour = (offset: number) => `${String((now.getUTCHours() + offset) % 24).padStart(2, '0')}:00`
    const id = await deliver(engine, { endsAt: soon(), window: { from: hour(2), to: hour(3) } })
    await whenDelivery(engine, id, 'completed')
    await whenLogged(engine.dataDir, `delivery=${id}`, 'status=completed')

    expect(await grep(engine.dataDir, 'timeZone=Europe/Moscow')).toEqual([
      expect.stringMatching(
        new RegExp(
          `^info delivery=${id} messages=2 .*status=queued until=\\S+Z why="outside the hours of the delivery"$`,
        ),
      ),
    ])
    const why = 'status=expired why="the delivery has ended"'
    expect(await grep(engine.dataDir, 'status=expired')).toEqual([
      `info delivery=${id} messages=2 ${why}`,
      `info delivery=${id} message=1 client=1 ${why}`,
      `info delivery=${id} message=2 client=2 ${why}`,
    ])
  })
})

describe('scheduler.log, when the user acts,', () => {
  test('records each change to a delivery, a message and a client', async () => {
    const held = heldBack()
    const gateway = await openFakeGateway(held.script)
    const engine = await openTestEngine(gateway)
    const { client, dataDir } = engine
    await client.gateway.update({ concurrency: 1 })
    await importClients(engine, 4)
    const id = await deliver(engine, { draft: true })
    await client.deliveries.start({ id })
    await gateway.received(1)
    await client.deliveries.pause({ id })
    await client.deliveries.update({ id, name: 'Another name', ratePerSecond: 100 })
    await client.clients.update({ id: 2, optedOutAt: new Date().toISOString() })
    await client.clients.delete({ id: 3 })
    await client.deliveries.resume({ id })
    await client.deliveries.cancel({ id })
    held.release()
    await whenLogged(dataDir, 'message=1', 'status=sent')
    await client.deliveries.delete({ id })

    const lines = await grep(dataDir, 'by=operator')
    const cancelled = (message: number, why: string) =>
      `info delivery=${id} message=${message} client=${message} status=cancelled by=operator why="${why}"`
    expect(lines).toEqual([
      'info settings=gateway edited=concurrency by=operator',
      'info clients=4 status=imported by=operator',
      `info delivery=${id} status=draft by=operator`,
      `info delivery=${id} status=running firstMessage=1 lastMessage=4 by=operator`,
      `info delivery=${id} status=paused by=operator`,
      `info delivery=${id} edited=name,ratePerSecond by=operator`,
      'info client=2 status=opted_out by=operator',
      `info delivery=${id} messages=1 status=cancelled by=operator why="the client has opted out"`,
      cancelled(2, 'the client has opted out'),
      `info delivery=${id} messages=1 status=cancelled by=operator why="the client is deleted"`,
      cancelled(3, 'the client is deleted'),
      'info client=3 status=deleted by=operator',
      `info delivery=${id} status=running by=operator`,
      `info delivery=${id} status=cancelled by=operator`,
      `info delivery=${id} messages=1 status=cancelled by=operator why="the delivery is cancelled"`,
      cancelled(4, 'the delivery is cancelled'),
      `info delivery=${id} status=deleted by=operator`,
    ])
  })

  test('has no requested changes that were undone', async () => {
    const engine = await openTestEngine(await openFakeGateway())
    await importClients(engine, 1)
    await expect(engine.client.deliveries.pause({ id: 9 })).rejects.toThrow()
    const id = await deliver(engine, { draft: true })
    await expect(engine.client.deliveries.retry({ id, status: 'failed' })).rejects.toThrow('no failed messages')
    expect(await grep(engine.dataDir, 'by=operator')).toEqual([
      'info clients=1 status=imported by=operator',
      `info delivery=${id} status=draft by=operator`,
    ])
  })
})

test('retried and resolved messages are recorded once the change is committed', async () => {
  const told: ActivityEvent[] = []
  const store = await openTestStoreIn(
    await temporaryFolder(),
    () => testNow,
    (events) => told.push(...events),
  )
  await addClients(store, 4)
  const id = await addStartedDelivery(store)
  const [failed] = await settleMessages(store, id, 'failed', 1)
  const [first, second] = await settleMessages(store, id, 'uncertain', 2)
  await store.sql.run(`UPDATE deliveries SET status = 'completed', finishedAt = 1`)
  told.length = 0

  await store.write((writes) => retryMessages(writes, id, 'failed', testNow))
  await store.write((writes) => resolveUncertainMessage(writes, first ?? 0, 'sent', testNow))
  await store.write((writes) => resolveUncertain(writes, id, 'resend', testNow))
  await expect(store.write((writes) => resolveUncertain(writes, id, 'failed', testNow))).rejects.toThrow()

  const by = 'operator'
  expect(told).toEqual([
    { delivery: id, messages: 1, status: 'queued', was: 'failed', by },
    { delivery: id, message: failed, client: failed, status: 'queued', was: 'failed', by },
    { delivery: id, status: 'running', was: 'completed', because: 'queuedAgain' },
    { delivery: id, messages: 1, status: 'sent', was: 'uncertain', by },
    { delivery: id, message: first, client: first, status: 'sent', was: 'uncertain', by },
    { delivery: id, messages: 1, status: 'queued', was: 'uncertain', by },
    { delivery: id, message: second, client: second, status: 'queued', was: 'uncertain', by },
  ])
})

test('more than a thousand messages at once are counted, not named', async () => {
  const told: ActivityEvent[] = []
  const store = await openTestStoreIn(
    await temporaryFolder(),
    () => testNow,
    (events) => told.push(...events),
  )
  const id = await addDelivery(store)
  await store.sql.transaction(async () => {
    const { sql } = store
    await sql.run(
      `WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value <= 1000)
       INSERT INTO clients (phone, operatorCode, timeZone, searchText, createdAt, updatedAt)
       SELECT '7' || (9000000000 + value), '900', 'Europe/Moscow', '', 0, 0 FROM n`,
    )
  })
  await store.write((writes) => changeDeliveryState(writes, id, 'start', testNow))
  await store.write((writes) => changeDeliveryState(writes, id, 'cancel', testNow))
  expect(told.map((event) => event.messages ?? event.status)).toEqual(['running', 1001, 'cancelled', 1001])
  await expectBooksToBalance(store.host.file)
})

test('main.log has a line for each call, with the ids that it names and how it ended', async () => {
  const engine = await openTestEngine(await openFakeGateway())
  await importClients(engine, 1)
  await engine.client.clients.get({ id: 1 })
  await engine.client.messages.list({ clientId: 1, deliveryId: 7 })
  await expect(engine.client.deliveries.pause({ id: 7 })).rejects.toThrow()
  const calls = (await logLines(engine.dataDir, 'main')).flatMap((line) => line.match(/call=.*/) ?? [])
  expect(calls).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^call=clients\.get client=1 ms=\d+ outcome=ok$/),
      expect.stringMatching(/^call=messages\.list delivery=7 client=1 ms=\d+ outcome=ok$/),
      expect.stringMatching(/^call=deliveries\.pause delivery=7 ms=\d+ outcome=NOT_FOUND$/),
    ]),
  )
})
