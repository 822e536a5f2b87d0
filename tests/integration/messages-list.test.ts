import { describe, expect, it } from 'vitest'
import { type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import { addClients, addStartedDelivery, settleMessages, testNow } from '#tests/support/factories.ts'
import { storeApi } from '#tests/support/store-api.ts'
import { openTestStore, watchedReads } from '#tests/support/test-store.ts'

/** Two deliveries to ten clients each: the first half done, the second in all its states. */
async function twoDeliveries() {
  const store = await openTestStore()
  const clients = await addClients(store, 10)
  const first = await addStartedDelivery(store, { name: 'first' })
  await settleMessages(store, first, 'sent', 4)
  await settleMessages(store, first, 'failed', 3)
  const second = await addStartedDelivery(store, { name: 'second' })
  for (const status of messageStatuses) if (status !== 'queued') await settleMessages(store, second, status, 1)
  return { store, clients, first, second, ...storeApi(store) }
}
type Client = Awaited<ReturnType<typeof twoDeliveries>>['client']

async function allPages(client: Client, query: { deliveryId?: number; clientId?: number; status?: MessageStatus }) {
  const byCursor = []
  let cursor: string | undefined
  do {
    const page = await client.messages.list({ ...query, limit: 3, cursor })
    byCursor.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  const byOffset = []
  let next: string | null = '?offset=0'
  while (next !== null) {
    const offset = Number(new URLSearchParams(next).get('offset'))
    const page: Awaited<ReturnType<Client['messages']['page']>> = await client.messages.page({
      ...query,
      limit: 3,
      offset,
    })
    byOffset.push(...page.results)
    next = page.next
  }
  const { count } = await client.messages.list({ ...query, limit: 1 })
  return { byCursor, byOffset, count }
}

describe('the list of messages', () => {
  it('shows the newest delivery first, and within it the order of sending', async () => {
    const { client, first, second } = await twoDeliveries()

    const { items, count } = await client.messages.list({})

    expect(count).toBe(20)
    expect(items.map((message) => message.deliveryId)).toEqual([...Array(10).fill(second), ...Array(10).fill(first)])
    expect(items.slice(0, 10).map((message) => message.id)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
  })

  it('returns the state of each message', async () => {
    const { client, first } = await twoDeliveries()
    const now = new Date(testNow).toISOString()

    const failed = await client.messages.list({ deliveryId: first, status: 'failed', limit: 1 })
    const queued = await client.messages.list({ deliveryId: first, status: 'queued', limit: 1 })

    expect(failed.items).toEqual([
      {
        id: 5,
        deliveryId: first,
        clientId: 5,
        phone: '79000000004',
        status: 'failed',
        attempts: 1,
        nextAttemptAt: null,
        lastError: { code: 'rejected', detail: 'no such number' },
        createdAt: now,
        sentAt: null,
      },
    ])
    expect(queued.items).toMatchObject([{ id: 8, status: 'queued', nextAttemptAt: now, lastError: null }])
  })

  it.each([undefined, ...messageStatuses])('of status %s goes page by page past every one once', async (status) => {
    const { store, client, first, second } = await twoDeliveries()
    const rows = await store.sql.all<{ id: number; deliveryId: number; clientId: number; status: MessageStatus }>(
      'SELECT id, deliveryId, clientId, status FROM messages ORDER BY id',
    )

    for (const filter of [
      {},
      { deliveryId: first },
      { deliveryId: second },
      { clientId: 3 },
      { clientId: 6, deliveryId: second },
      { deliveryId: 99 },
    ]) {
      const wanted = rows.filter(
        (row) =>
          (status === undefined || row.status === status) &&
          (filter.deliveryId === undefined || row.deliveryId === filter.deliveryId) &&
          (filter.clientId === undefined || row.clientId === filter.clientId),
      )
      const { byCursor, byOffset, count } = await allPages(client, { ...filter, ...(status && { status }) })
      expect(byOffset.map((row) => row.id)).toEqual(wanted.map((row) => row.id))
      expect(byCursor.map((row) => row.id).toSorted((a, b) => a - b)).toEqual(wanted.map((row) => row.id))
      expect(count).toBe(wanted.length)
    }
  })

  it('of the queue goes by the turn of its messages, those that wait for another attempt last', async () => {
    const { store, client, first } = await twoDeliveries()
    await store.sql.run('UPDATE messages SET nextAttemptAt = ? WHERE id = 8', [testNow + 5000])

    const { byCursor, byOffset } = await allPages(client, { deliveryId: first, status: 'queued' })

    expect(byCursor.map((message) => message.id)).toEqual([9, 10, 8])
    expect(byOffset.map((message) => message.id)).toEqual([9, 10, 8])
  })

  it('continues at its place when earlier messages have changed meanwhile', async () => {
    const { store, client, first } = await twoDeliveries()
    const { nextCursor } = await client.messages.list({ deliveryId: first, status: 'queued', limit: 1 })
    await settleMessages(store, first, 'sent', 1)

    const rest = await client.messages.list({ deliveryId: first, status: 'queued', cursor: nextCursor ?? '' })

    expect(rest.items.map((message) => message.id)).toEqual([9, 10])
    expect(rest.count).toBe(2)
  })

  it('refuses an unknown cursor', async () => {
    const { client } = await twoDeliveries()
    await expect(client.messages.list({ cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'VALIDATION',
      data: { issues: [{ path: 'cursor' }] },
    })
  })

  it('never reads all messages, nor sorts them', async () => {
    const { store, first } = await twoDeliveries()
    const { reads, plans } = watchedReads(store)
    const statuses = [undefined, ...messageStatuses]

    for (const status of statuses) {
      for (const query of [{ status }, { status, deliveryId: first }]) {
        const { nextCursor } = await reads.messages.list({ ...query, limit: 1 })
        await reads.messages.list({ ...query, limit: 1, ...(nextCursor && { cursor: nextCursor }) })
        await reads.messages.page({ ...query, limit: 2, offset: 1 })
      }
    }

    const hot = (await plans()).filter(({ sql }) => sql.includes('FROM messages'))
    expect(hot.length).toBeGreaterThan(20)
    for (const { sql, steps } of hot) {
      expect(steps, sql).toEqual([
        expect.stringMatching(
          /^SEARCH messages USING (INTEGER PRIMARY KEY|INDEX messages_unsent|INDEX messages_queue)/,
        ),
      ])
    }
    const indexes = new Set(
      hot.flatMap(({ steps }) => steps.map((step) => step.match(/INDEX (messages_\w+)/)?.[1] ?? 'id')),
    )
    expect(indexes).toEqual(new Set(['id', 'messages_queue', 'messages_unsent']))
  })

  it('of a client reads that client alone', async () => {
    const { store } = await twoDeliveries()
    const { reads, plans } = watchedReads(store)

    await reads.messages.list({ clientId: 3, limit: 5 })
    await reads.messages.page({ clientId: 3, status: 'sent', limit: 5, offset: 0 })

    for (const { steps } of await plans()) {
      expect(steps[0]).toMatch(/^SEARCH messages USING (COVERING )?INDEX messages_client/)
    }
  })
})

describe('a message', () => {
  it('is shown with its attempts, oldest first', async () => {
    const { store, client } = await twoDeliveries()
    await store.sql.exec(`INSERT INTO attempts (messageId, startedAt, durationMs, httpStatus, counted, status, errorCode, detail)
        VALUES (5, ${testNow}, 10, 503, 1, 'queued', 'server_error', 'busy'), (6, ${testNow}, 10, 503, 1, 'queued', 'server_error', 'busy'),
               (5, ${testNow + 1000}, 20, NULL, 0, 'failed', 'timeout', 'no answer')`)

    await expect(client.messages.get({ id: 5 })).resolves.toMatchObject({
      id: 5,
      status: 'failed',
      history: [
        {
          number: 1,
          startedAt: '2026-11-23T10:00:00.000Z',
          durationMs: 10,
          httpStatus: 503,
          counted: true,
          status: 'queued',
          error: { code: 'server_error', detail: 'busy' },
        },
        {
          number: 2,
          startedAt: '2026-11-23T10:00:01.000Z',
          durationMs: 20,
          httpStatus: null,
          counted: false,
          status: 'failed',
          error: { code: 'timeout', detail: 'no answer' },
        },
      ],
    })
    await expect(client.messages.get({ id: 99 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { entity: 'message', id: 99 },
    })
  })
})
