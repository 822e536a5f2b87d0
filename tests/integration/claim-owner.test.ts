import { expect, onTestFinished, test } from 'vitest'
import type { SendQueue } from '#electron/store/ports/send-queue.ts'
import { openSendQueue } from '#electron/store/send-queue/open-send-queue.ts'
import { addClients, addStartedDelivery, testNow } from '#tests/support/factories.ts'
import { openTestStore, type TestStore } from '#tests/support/test-store.ts'

async function openQueue(store: TestStore, sender: number): Promise<SendQueue> {
  const queue = await openSendQueue(store.host.file, sender)
  onTestFinished(queue.close)
  return queue
}

/** Claims the next messages of the first running delivery, and returns their ids. */
function claim(queue: SendQueue, count: number): Promise<number[]> {
  return queue.turn([], testNow, async (turn) => {
    const [delivery] = await turn.findRunning()
    if (delivery === undefined) throw new Error('no delivery runs')
    const ids = (await turn.findDue(delivery, count)).map((message) => message.id)
    turn.claim(delivery.id, ids)
    return ids
  })
}

const ownersIn = (store: TestStore) => store.sql.all('SELECT id, status, claimedBy FROM messages ORDER BY id')

test('only messages that no living sender owns are orphans', async () => {
  const store = await openTestStore()
  await addClients(store, 3)
  const deliveryId = await addStartedDelivery(store)
  const [dead, living, next] = await Promise.all([openQueue(store, 7), openQueue(store, 8), openQueue(store, 9)])
  expect(await claim(dead, 1)).toEqual([1])
  expect(await claim(living, 1)).toEqual([2])

  const settled = await next.turn([], testNow, (turn) => turn.settleOrphans('resend', [8]))
  expect(settled).toEqual([{ deliveryId, count: 1, status: 'queued' }])
  expect(await ownersIn(store)).toEqual([
    { id: 1, status: 'queued', claimedBy: null },
    { id: 2, status: 'sending', claimedBy: 8 },
    { id: 3, status: 'queued', claimedBy: null },
  ])
})

test('a claim of an older version, which has no owner, is an orphan', async () => {
  const store = await openTestStore()
  await addClients(store, 1)
  await addStartedDelivery(store)
  await claim(await openQueue(store, 7), 1)
  await store.sql.run('UPDATE messages SET claimedBy = NULL')

  const next = await openQueue(store, 9)
  expect(await next.turn([], testNow, (turn) => turn.settleOrphans('hold', [8]))).toMatchObject([
    { count: 1, status: 'uncertain' },
  ])
})

test('a result ends the claim', async () => {
  const store = await openTestStore()
  await addClients(store, 1)
  const deliveryId = await addStartedDelivery(store)
  const queue = await openQueue(store, 7)
  await claim(queue, 1)
  const attempt = { startedAt: testNow, durationMs: 1, httpStatus: 200, counted: true, errorCode: null, detail: '' }
  const sent = { id: 1, deliveryId, clientId: 1, verdict: { status: 'sent' }, attempt } as const
  await queue.turn([sent], testNow, async () => undefined)
  expect(await ownersIn(store)).toEqual([{ id: 1, status: 'sent', claimedBy: null }])
})

test('orphans of one delivery are settled in it alone, though ids of another lie between them', async () => {
  const store = await openTestStore()
  await addClients(store, 2)
  const first = await addStartedDelivery(store)
  const second = await addStartedDelivery(store)
  // As with two stores of messages that several senders fill at once: 1 and 4 belong to the first, 2 and 3 to the second.
  await store.sql.transaction(async () => {
    await store.sql.exec(`
      UPDATE messages SET deliveryId = -1 WHERE id = 2;
      UPDATE messages SET deliveryId = ${first}, clientId = NULL WHERE id = 4;
      UPDATE messages SET deliveryId = ${second} WHERE id = 2;
      UPDATE deliveries SET firstMessageId = 1, lastMessageId = 4 WHERE id = ${first};
      UPDATE deliveries SET firstMessageId = 2, lastMessageId = 3 WHERE id = ${second};
      UPDATE messages SET status = 'sending', claimedBy = CASE deliveryId WHEN ${first} THEN 7 ELSE 8 END;
      UPDATE delivery_counters SET queued = 0, sending = 2;`)
  })
  const next = await openQueue(store, 9)
  expect(await next.turn([], testNow, (turn) => turn.settleOrphans('resend', [8]))).toEqual([
    { deliveryId: first, count: 2, status: 'queued' },
  ])
  expect(await store.sql.all(`SELECT id FROM messages WHERE status = 'sending' ORDER BY id`)).toEqual([
    { id: 2 },
    { id: 3 },
  ])
})

test('an id that is reserved is never the id of a message', async () => {
  const store = await openTestStore()
  const reserve = () => store.write(({ messages }) => messages.reserveId())
  expect(await reserve()).toBe(1)
  await addClients(store, 2)
  await addStartedDelivery(store)
  expect(await reserve()).toBe(4)
  await addStartedDelivery(store)
  expect((await ownersIn(store)).map((row) => (row as { id: number }).id)).toEqual([2, 3, 5, 6])
})
