import { describe, expect, it } from 'vitest'
import { addClients, addDelivery, addStartedDelivery, settleMessages, testNow } from '#tests/support/factories.ts'
import { storeApi } from '#tests/support/store-api.ts'
import { openTestStore, watchedReads } from '#tests/support/test-store.ts'

const none = { queued: 0, sending: 0, sent: 0, failed: 0, expired: 0, cancelled: 0, uncertain: 0 }

describe('general statistics', () => {
  it('of an empty store name every status all the same', async () => {
    const { client } = storeApi(await openTestStore())

    await expect(client.statistics.general()).resolves.toEqual({
      deliveries: { total: 0, byStatus: { draft: 0, scheduled: 0, running: 0, paused: 0, completed: 0, cancelled: 0 } },
      messages: { total: 0, byStatus: none },
      results: [],
    })
  })

  it('count every delivery and message by its status, the newest delivery first', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    await addClients(store, 4)
    const first = await addStartedDelivery(store, { name: 'first' })
    await settleMessages(store, first, 'sent', 3)
    const second = await addStartedDelivery(store, { name: 'second' })
    await settleMessages(store, second, 'failed', 1)
    const third = await addDelivery(store, { name: 'third', status: 'draft' })

    const general = await client.statistics.general()

    expect(general.deliveries).toEqual({
      total: 3,
      byStatus: { draft: 1, scheduled: 0, running: 2, paused: 0, completed: 0, cancelled: 0 },
    })
    expect(general.messages).toEqual({ total: 8, byStatus: { ...none, queued: 4, sent: 3, failed: 1 } })
    const startsAt = new Date(testNow).toISOString()
    const endsAt = '2026-11-24T10:00:00.000Z'
    expect(general.results).toEqual([
      { id: third, name: 'third', status: 'draft', startsAt, endsAt, messages: { total: 0, byStatus: none } },
      {
        id: second,
        name: 'second',
        status: 'running',
        startsAt,
        endsAt,
        messages: { total: 4, byStatus: { ...none, queued: 3, failed: 1 } },
      },
      {
        id: first,
        name: 'first',
        status: 'running',
        startsAt,
        endsAt,
        messages: { total: 4, byStatus: { ...none, queued: 1, sent: 3 } },
      },
    ])
  })

  it('never look at a message', async () => {
    const { reads, plans } = watchedReads(await openTestStore())

    await reads.statistics.general()

    expect((await plans()).flatMap(({ steps }) => steps).filter((step) => step.includes('messages'))).toEqual([])
  })
})

describe('the statistics of one delivery', () => {
  it('hold the delivery, its errors by frequency and its results over time with nothing left out', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    await addClients(store, 3)
    const id = await addStartedDelivery(store)
    const other = await addStartedDelivery(store)
    await settleMessages(store, id, 'sent', 2)
    await store.sql.exec(`
        INSERT INTO delivery_errors VALUES (${id}, 'timeout', 2), (${id}, 'server_error', 7), (${other}, 'rejected', 9);
        INSERT INTO delivery_timeline (deliveryId, at, sent, failed) VALUES (${id}, ${testNow}, 5, 1), (${id}, ${testNow + 3000}, 2, 0), (${other}, ${testNow + 9000}, 1, 1);
      `)

    const detail = await client.statistics.detail({ id })

    expect(detail.delivery).toMatchObject({ id, name: 'Winter sale', status: 'running' })
    expect(detail.messages).toEqual({ total: 3, byStatus: { ...none, queued: 1, sent: 2 } })
    expect(detail.errors).toEqual([
      { code: 'server_error', count: 7 },
      { code: 'timeout', count: 2 },
    ])
    expect(detail.timeline).toEqual([
      { at: '2026-11-23T10:00:00.000Z', sent: 5, failed: 1 },
      { at: '2026-11-23T10:00:01.000Z', sent: 0, failed: 0 },
      { at: '2026-11-23T10:00:02.000Z', sent: 0, failed: 0 },
      { at: '2026-11-23T10:00:03.000Z', sent: 2, failed: 0 },
    ])
    expect(detail.waitsUntil).toBeNull()
    await expect(client.statistics.detailed({ id })).resolves.toEqual(detail)
  })

  it('show a long delivery in no more points than a chart can hold, and lose no result by it', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    const id = await addStartedDelivery(store)
    const seconds = Array.from({ length: 5000 }, (_, second) => `(${id}, ${testNow + 1000 * (second + 1)}, 2, 1)`)
    await store.sql.exec(`INSERT INTO delivery_timeline (deliveryId, at, sent, failed) VALUES ${seconds.join(',')}`)

    const { timeline } = await client.statistics.detail({ id })

    expect(timeline.length).toBeGreaterThan(100)
    expect(timeline.length).toBeLessThanOrEqual(300)
    expect(timeline.slice(0, 2)).toEqual([
      { at: '2026-11-23T10:00:00.000Z', sent: 58, failed: 29 },
      { at: '2026-11-23T10:00:30.000Z', sent: 60, failed: 30 },
    ])
    expect(timeline.reduce((sum, point) => sum + point.sent, 0)).toBe(10_000)
    expect(timeline.reduce((sum, point) => sum + point.failed, 0)).toBe(5000)
  })

  it('report until when the last message waits for its window or a retry', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    await addClients(store, 3)
    const id = await addStartedDelivery(store)
    await store.sql.exec(
      `UPDATE messages SET nextAttemptAt = ${testNow} + 1000 * id WHERE deliveryId = ${id} AND id > 1`,
    )

    const { waitsUntil } = await client.statistics.detail({ id })

    expect(waitsUntil).toBe('2026-11-23T10:00:03.000Z')
  })

  it('of a delivery without results have an empty timeline, and of none are not found', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    const id = await addDelivery(store)

    await expect(client.statistics.detail({ id })).resolves.toMatchObject({ errors: [], timeline: [] })
    await expect(client.statistics.detail({ id: 99 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { entity: 'delivery', id: 99 },
    })
  })
})
