import { expect, test } from 'vitest'
import { createEvents } from '#electron/base/events.ts'
import { createMessageClearing, nextChunkSize } from '#electron/deliveries/clear-messages.ts'
import { NotFoundError } from '#electron/store/errors.ts'
import { openSendQueue } from '#electron/store/send-queue/open-send-queue.ts'
import type { ProgressEvent } from '#shared/contract/progress.ts'
import { addStartedDelivery, settleMessages, testNow } from '#tests/support/factories.ts'
import { openTestStore, type TestStore } from '#tests/support/test-store.ts'

/** A store with this many clients, and a clearing whose pauses the test fills. */
async function openStage(clients: number, inPause: (pauses: number) => Promise<unknown> = async () => undefined) {
  const store = await openTestStore()
  await store.sql.exec(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${clients})
     INSERT INTO clients (phone, operatorCode, timeZone, searchText, createdAt, updatedAt)
     SELECT 79000000000 + n, '900', 'Europe/Moscow', '', 1, 1 FROM numbers`,
  )
  const published: ProgressEvent[] = []
  const events = createEvents()
  events.subscribe((event) => published.push(event))
  let pauses = 0
  const clearing = createMessageClearing({
    store,
    events,
    log: { info: () => undefined, error: (text) => expect.unreachable(text) },
    pause: () => {
      pauses += 1
      return inPause(pauses)
    },
  })
  return { store, clearing, published }
}

async function messagesLeft({ sql }: TestStore, deliveryId: number): Promise<number> {
  const row = await sql.first<{ rows: number }>('SELECT count(*) AS rows FROM messages WHERE deliveryId = ?', [
    deliveryId,
  ])
  return row?.rows ?? 0
}

const all = { limit: 10, offset: 0 }

test('a deleted delivery disappears immediately, and its messages are deleted in chunks', async () => {
  const { store, clearing } = await openStage(4500)
  const id = await addStartedDelivery(store)
  const [message = 0] = await settleMessages(store, id, 'sent', 1)
  await store.sql.run(
    'INSERT INTO attempts (messageId, startedAt, durationMs, httpStatus, counted, detail) VALUES (?, 1, 1, 200, 1, ?)',
    [message, ''],
  )

  await store.write(({ deliveries }) => deliveries.delete(id))
  expect(await messagesLeft(store, id)).toBe(3500)
  const { read } = store
  expect(await read.deliveries.find(id)).toBeNull()
  expect(await read.messages.page({ ...all })).toEqual({ count: 0, results: [] })
  expect(await read.messages.page({ clientId: 4000, ...all })).toEqual({ count: 0, results: [] })
  await expect(read.messages.get(4000)).rejects.toThrow(NotFoundError)
  expect(await read.messages.attemptsOfClient(1, all)).toMatchObject({ count: 0 })
  expect((await read.statistics.general()).messages.total).toBe(0)

  clearing.start()
  await clearing.idle()
  expect(await messagesLeft(store, id)).toBe(0)
  expect(await store.sql.all('SELECT * FROM attempts UNION ALL SELECT * FROM attempts')).toEqual([])
  expect(await store.sql.all('SELECT * FROM deleted_deliveries')).toEqual([])
})

test('a client who is deleted or opts out meanwhile brings nothing of a deleted delivery back', async () => {
  const { store, clearing } = await openStage(4500)
  const id = await addStartedDelivery(store)
  await store.write(({ deliveries }) => deliveries.delete(id))
  expect(await store.write(({ clients }) => clients.delete(4000))).toBe(0)
  const { cancelledMessages } = await store.write(({ clients }) =>
    clients.update(4001, { optedOutAt: new Date(testNow).toISOString() }, testNow),
  )
  expect(cancelledMessages).toBe(0)
  clearing.start()
  await clearing.idle()
  const events = await store.sql.all<{ facts: string }>('SELECT facts FROM activity WHERE deliveryId = ?', [id])
  expect(events.map(({ facts }) => JSON.parse(facts).status)).toEqual(['cancelled', 'deleted'])
})

test.each(['cancelled', 'running'] as const)(
  'a %s delivery with a wrong counter does not keep the clearing busy',
  async (status) => {
    const { store, clearing } = await openStage(3)
    const id = await addStartedDelivery(store, { endsAt: testNow + 1000 })
    await settleMessages(store, id, 'sent', 3)
    await store.write(({ deliveries }) => deliveries.update(id, { status }, testNow))
    await store.sql.run('UPDATE delivery_counters SET queued = 2 WHERE deliveryId = ?', [id])
    clearing.start()
    await clearing.idle()
    const queue = await openSendQueue(store.host.file, 1)
    const nextAt = await queue.turn([], testNow + 2000, async (turn) => {
      await turn.expireOverdue()
      return turn.nextMomentAt()
    })
    await queue.close()
    expect(nextAt).toBeNull()
    expect(await store.read.deliveries.get(id)).toMatchObject({ messages: { byStatus: { queued: 0, sent: 3 } } })
  },
)

test('others write between two chunks', async () => {
  const leftAt: number[] = []
  const { store, clearing } = await openStage(6000, async (pauses) => {
    leftAt.push(await messagesLeft(store, first))
    if (pauses === 1) await store.write(({ deliveries }) => deliveries.update(second, { status: 'paused' }, testNow))
    if (pauses === 1) expect(await store.read.deliveries.get(second)).toMatchObject({ status: 'paused' })
  })
  const first = await addStartedDelivery(store)
  const second = await addStartedDelivery(store)
  await store.write(({ deliveries }) => deliveries.delete(first))
  clearing.start()
  await clearing.idle()
  expect(leftAt.length).toBeGreaterThan(1)
  expect(leftAt[0]).toBe(4000)
  expect(leftAt.at(-1)).toBe(0)
  expect(await messagesLeft(store, second)).toBe(6000)
})

test('an interrupted deletion continues at the next start', async () => {
  const stage = await openStage(5000, () => stop())
  const { store, clearing } = stage
  let closing: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    closing ??= clearing.close()
  }
  const id = await addStartedDelivery(store)
  await store.write(({ deliveries }) => deliveries.delete(id))
  clearing.start()
  await clearing.idle()
  await closing
  expect(await messagesLeft(store, id)).toBe(3000)

  const next = createMessageClearing({
    store,
    events: createEvents(),
    log: { info: () => undefined, error: () => undefined },
  })
  next.start()
  await next.idle()
  expect(await messagesLeft(store, id)).toBe(0)
})

test('messages of another delivery between the ids of a deleted one stay', async () => {
  const { store, clearing } = await openStage(3000)
  const first = await addStartedDelivery(store)
  const second = await addStartedDelivery(store)
  await store.sql.exec(`
    UPDATE messages SET deliveryId = -1, clientId = NULL WHERE id = 1500;
    UPDATE messages SET deliveryId = ${first}, clientId = NULL WHERE id = 4500;
    UPDATE messages SET deliveryId = ${second} WHERE id = 1500;
    UPDATE deliveries SET lastMessageId = 4500 WHERE id = ${first};
    UPDATE deliveries SET firstMessageId = 1500 WHERE id = ${second};`)
  const list = await store.read.messages.page({ deliveryId: first, limit: 2, offset: 1499 })
  expect(list.results.map(({ id }) => id)).toEqual([1501, 1502])
  await store.write(({ deliveries }) => deliveries.delete(first))
  clearing.start()
  await clearing.idle()
  expect(await messagesLeft(store, first)).toBe(0)
  expect(await messagesLeft(store, second)).toBe(3000)
})

test('a large cancellation stops the delivery at once, cancels in chunks with progress, and is recorded once', async () => {
  const { store, clearing, published } = await openStage(4500)
  const id = await addStartedDelivery(store)
  await store.write(({ deliveries }) => deliveries.cancel(id, testNow))
  expect(await store.read.deliveries.get(id)).toMatchObject({
    status: 'cancelled',
    messages: { byStatus: { queued: 4500 } },
  })
  clearing.start()
  await clearing.idle()
  expect(published.at(0)).toMatchObject({
    type: 'delivery',
    id,
    messages: { byStatus: { queued: 3500, cancelled: 1000 } },
  })
  expect(published.at(-1)).toMatchObject({
    type: 'delivery',
    id,
    messages: { byStatus: { queued: 0, cancelled: 4500 } },
  })
  const { results } = await store.read.journal.ofDelivery(id, all)
  expect(results.filter(({ messages }) => messages !== null).map(({ status, messages }) => [status, messages])).toEqual(
    [
      ['cancelled', 4500],
      ['queued', 4500],
    ],
  )
})

test('a large delivery expires over several turns, which are due at once, and that is recorded once', async () => {
  const { store } = await openStage(12_000)
  const id = await addStartedDelivery(store, { endsAt: testNow + 1000 })
  const queue = await openSendQueue(store.host.file, 1)
  const now = testNow + 2000
  const left: number[] = []
  let nextAt: number | null = now
  while (nextAt === now) {
    nextAt = await queue.turn([], now, async (turn) => {
      expect(await turn.expireOverdue()).toEqual([id])
      await turn.completeFinished()
      return turn.nextMomentAt()
    })
    left.push((await store.read.deliveries.get(id)).messages.byStatus.queued)
  }
  await queue.close()
  expect(left).toEqual([7000, 2000, 0])
  expect(await store.read.deliveries.get(id)).toMatchObject({
    status: 'completed',
    messages: { byStatus: { expired: 12_000 } },
  })
  const { results } = await store.read.journal.ofDelivery(id, all)
  expect(results.filter(({ status, messages }) => status === 'expired' && messages !== null)).toMatchObject([
    { messages: 12_000 },
  ])
})

test.each([
  [1000, 25, 1000],
  [1000, 50, 500],
  [1000, 5, 2000],
  [3000, 10, 4000],
  [200, 1000, 100],
  [1000, 0, 2000],
])('after %i messages in %i ms the next chunk has %i', (size, tookMs, next) => {
  expect(nextChunkSize(size, tookMs)).toBe(next)
})
