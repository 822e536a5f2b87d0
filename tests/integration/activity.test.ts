import { expect, test } from 'vitest'
import { activityOfMessage } from '#electron/store/journal/activity.ts'
import { deliver, importClients, openTestEngine, whenCounted, whenDelivery } from '#tests/support/engine.ts'
import { addClient, addStartedDelivery, testNow } from '#tests/support/factories.ts'
import { accepted, eventually, heldBack, openFakeGateway } from '#tests/support/fake-gateway.ts'
import { openAt } from '#tests/support/moved-clock.ts'
import { startSender } from '#tests/support/sender.ts'
import { openTestStore } from '#tests/support/test-store.ts'

test('a message knows every request, the accepted one too, and every change of its state with the reason', async () => {
  const answers = [
    { status: 503, body: 'busy' },
    { status: 200, body: '{"code":0,"message":"taken as 17"}' },
  ] as const
  const gateway = await openFakeGateway(({ turn }) => answers[turn - 1] ?? accepted)
  const engine = await openTestEngine(gateway)
  await importClients(engine, 1)
  const id = await deliver(engine)
  await whenDelivery(engine, id, 'completed')

  const { history, changes } = await engine.client.messages.get({ id: 1 })

  const made = { startedAt: expect.stringMatching(/Z$/), durationMs: expect.any(Number), counted: true }
  const error = { code: 'server_error', detail: 'HTTP 503: busy' }
  expect(history).toEqual([
    { ...made, number: 1, httpStatus: 503, status: 'queued', answer: null, error },
    { ...made, number: 2, httpStatus: 200, status: 'sent', answer: '{"code":0,"message":"taken as 17"}', error: null },
  ])
  expect(
    changes.map(({ messageId, clientId, status, because, by }) => [messageId, clientId, status, because, by]),
  ).toEqual([
    [null, null, 'scheduled', null, 'operator'],
    [null, null, 'running', 'startDue', null],
    [1, 1, 'queued', 'audienceFixed', null],
    [null, null, 'completed', 'nothingLeft', null],
  ])
})

test("a gateway's own words to an accepted message do not carry its token into the store", async () => {
  const gateway = await openFakeGateway(({ authorization }) => ({
    status: 200,
    body: JSON.stringify({ code: 0, message: `hello ${authorization}` }),
  }))
  const engine = await openTestEngine(gateway)
  await importClients(engine, 1)
  await whenDelivery(engine, await deliver(engine), 'completed')

  const { history } = await engine.client.messages.get({ id: 1 })
  expect(history).toMatchObject([{ answer: '{"code":0,"message":"hello Bearer <token>"}', error: null }])
})

test('a delivery and a client have their stories, newest first, page by page', async () => {
  const held = heldBack()
  const gateway = await openFakeGateway(held.script)
  const engine = await openTestEngine(gateway)
  const { client } = engine
  await client.gateway.update({ concurrency: 1 })
  await importClients(engine, 3)
  const id = await deliver(engine, { draft: true })
  await client.deliveries.start({ id })
  await gateway.received(1)
  await client.deliveries.update({ id, name: 'Another name', ratePerSecond: 1000 })
  await client.clients.update({ id: 2, optedOutAt: new Date().toISOString() })
  await client.deliveries.pause({ id })
  held.release()
  await whenCounted(engine, id, { sending: 0, sent: 1 })
  await client.deliveries.cancel({ id })

  const page = await client.deliveries.activity({ id, limit: 100 })
  const by = 'operator'
  expect(page.results.toReversed()).toMatchObject([
    { status: 'draft', by },
    { status: 'running', by },
    { status: 'queued', messages: 3, because: 'audienceFixed', by: null },
    { edited: ['name', 'ratePerSecond'], status: null, by },
    { status: 'cancelled', messages: 1, because: 'clientOptedOut', by },
    { status: 'paused', by },
    { status: 'cancelled', messages: null, by },
    { status: 'cancelled', messages: 1, because: 'deliveryCancelled', by },
  ])
  expect(page).toMatchObject({ count: 8, next: null, previous: null })
  const second = await client.deliveries.activity({ id, limit: 3, offset: 3 })
  expect(second.results).toEqual(page.results.slice(3, 6))

  const ofClient = await client.clients.activity({ id: 2, limit: 100 })
  expect(ofClient.results.map(({ messageId, status, because }) => [messageId, status, because])).toEqual([
    [2, 'cancelled', 'clientOptedOut'],
    [null, 'opted_out', null],
    [2, 'queued', 'audienceFixed'],
  ])
  expect(await client.clients.attempts({ id: 2 })).toMatchObject({ count: 0, results: [] })
  const request = { messageId: 1, number: 1, httpStatus: 200, status: 'sent' }
  expect(await client.clients.attempts({ id: 1 })).toMatchObject({ count: 1, results: [request] })
  expect(await client.deliveries.attempts({ id })).toMatchObject({ count: 1, results: [request] })
  await expect(client.deliveries.activity({ id: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(client.clients.attempts({ id: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' })

  await client.deliveries.delete({ id })
  expect((await client.clients.activity({ id: 2 })).results.map((entry) => entry.status)).toEqual(['opted_out'])
})

test('of more messages at once than can be named, each still knows what became of it', async () => {
  const store = await openTestStore()
  await store.sql.run(
    `WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value <= 1000)
       INSERT INTO clients (phone, operatorCode, timeZone, searchText, createdAt, updatedAt)
       SELECT 79000000000 + value, '900', 'Europe/Moscow', '', 1, 1 FROM n`,
  )
  const id = await addStartedDelivery(store)
  await store.write(({ deliveries }) => deliveries.cancel(id, testNow))

  const story = await activityOfMessage(store.sql, { id: 500, deliveryId: id, clientId: 500 })
  expect(story.map(({ status, messages, because }) => [status, messages, because])).toContainEqual([
    'cancelled',
    1001,
    'deliveryCancelled',
  ])
  expect(await store.sql.all('SELECT id FROM activity WHERE messageId IS NOT NULL')).toEqual([])
})

test('a message that waits for its hours knows until when, and nothing of those of another time zone', async () => {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway(() => accepted)
  await addClient(store, { phone: '79000000001', timeZone: 'Europe/Moscow' })
  await addClient(store, { phone: '79000000002', timeZone: 'Asia/Vladivostok' })
  const id = await addStartedDelivery(store, { window: { from: '10:00', to: '18:00' } })
  await startSender({ store, gateway, clock })
  const storyOf = (messageId: number) =>
    activityOfMessage(store.sql, { id: messageId, deliveryId: id, clientId: messageId })
  const waiting = {
    status: 'queued',
    because: 'outsideHours',
    timeZone: 'Asia/Vladivostok',
    until: '2026-11-24T00:00:00.000Z',
  }
  await eventually(async () => expect(await storyOf(2)).toContainEqual(expect.objectContaining(waiting)))
  expect(await storyOf(1)).not.toContainEqual(expect.objectContaining({ because: 'outsideHours' }))
})

test('the activity shows when messages wait for the delivery’s hours', async () => {
  const { clock, store } = await openAt()
  const gateway = await openFakeGateway(() => accepted)
  await addClient(store, { phone: '79000000001', timeZone: 'Asia/Vladivostok' })
  const id = await addStartedDelivery(store, { window: { from: '10:00', to: '18:00' } })
  const sender = await startSender({ store, gateway, clock })

  await eventually(() => {
    const movements = sender.reports.flatMap((report) => (report.type === 'progress' ? report.movements : []))
    expect(movements).toContainEqual(expect.objectContaining({ deliveryId: id }))
  })
})
