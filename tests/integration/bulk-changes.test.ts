import { describe, expect, it } from 'vitest'
import { type BulkChange, type BulkEvent, type BulkReport, bulkChangeSchema } from '#shared/contract/bulk-changes.ts'
import { addStartedDelivery, phoneNumber, testNow } from '#tests/support/factories.ts'
import { issuesWith } from '#tests/support/issues.ts'
import { expectBooksToBalance } from '#tests/support/ledger.ts'
import { settableClock } from '#tests/support/settable-clock.ts'
import { storeApi } from '#tests/support/store-api.ts'
import { openTestStore, type TestStore } from '#tests/support/test-store.ts'

interface Outcome {
  readonly undoId: number | null
  readonly total: number
  readonly report: BulkReport
}

async function outcomeOf(events: AsyncIterable<BulkEvent>): Promise<Outcome> {
  let begun: { undoId: number | null; total: number } | undefined
  let report: BulkReport | undefined
  for await (const event of events) {
    if (event.kind === 'begun') begun = event
    if (event.kind === 'report') report = event.report
  }
  if (begun === undefined || report === undefined) throw new Error('the change yielded no events')
  return { undoId: begun.undoId, total: begun.total, report }
}

/** A clock that advances a second each time it is read, so that progress is always due. */
function tickingClock() {
  const clock = settableClock()
  return {
    ...clock,
    now(): number {
      clock.advance(1000)
      return clock.now()
    },
  }
}

async function directory(count: number, clock = settableClock()) {
  const store = await openTestStore(() => clock.now())
  const called = storeApi(store, clock)
  const lines = Array.from({ length: count }, (_, n) => phoneNumber(n))
  for await (const _ of await called.client.clients.import({
    csv: new File([['phone', ...lines].join('\n')], 'a.csv'),
  }));
  const ids = lines.map((_, n) => n + 1)
  called.published.length = 0
  const change = async (ids: number[], wanted: BulkChange) =>
    outcomeOf(await called.client.clients.bulk({ selection: { kind: 'ids', ids }, change: wanted }))
  const undo = async (undoId: number | null) => outcomeOf(await called.client.clients.undoBulk({ undoId: undoId ?? 0 }))
  return { ...called, store, clock, ids, change, undo, people: () => peopleOf(store) }
}

/** Returns everything that a bulk change affects, of all clients. */
function peopleOf(store: TestStore) {
  return store.sql.all<{ id: number; optedOutAt: number | null; listedAt: number | null; tags: string }>(
    `SELECT c.id, c.optedOutAt, (SELECT addedAt FROM do_not_contact WHERE phone = c.phone) AS listedAt,
       (SELECT coalesce(group_concat(name), '') FROM (SELECT name FROM client_tags JOIN tags ON tags.id = tagId WHERE clientId = c.id ORDER BY name)) AS tags
     FROM clients c ORDER BY c.id`,
  )
}

describe('a change to many clients', () => {
  it('tags and untags, and each is undone exactly', async () => {
    const { ids, change, undo, people } = await directory(6)
    await change(ids.slice(0, 2), { kind: 'addTags', tags: ['vip'] })
    const before = await people()

    const tagged = await change(ids.slice(1, 4), { kind: 'addTags', tags: ['vip', 'new'] })
    expect(tagged).toMatchObject({ total: 3, report: { changed: 3, unchanged: 0 } })
    expect((await people()).map(({ tags }) => tags)).toEqual(['vip', 'new,vip', 'new,vip', 'new,vip', '', ''])
    const again = await change(ids.slice(1, 5), { kind: 'addTags', tags: ['vip'] })
    expect(again.report).toMatchObject({ changed: 1, unchanged: 3 })
    const untagged = await change(ids, { kind: 'removeTags', tags: ['vip', 'never given'] })
    expect(untagged.report).toMatchObject({ changed: 5, unchanged: 1 })
    expect((await people()).map(({ tags }) => tags)).toEqual(['', 'new', 'new', 'new', '', ''])

    await undo(untagged.undoId)
    await undo(again.undoId)
    await expect(undo(tagged.undoId)).resolves.toMatchObject({ report: { cancelledMessages: 0 } })
    expect(await people()).toEqual(before)
    await expect(undo(tagged.undoId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('opts out and in, with the list and the queue, and the undo keeps clients that have changed since', async () => {
    const { store, clock, client, ids, change, undo, people, woken } = await directory(6)
    const delivery = await addStartedDelivery(store)
    await change(ids.slice(0, 1), { kind: 'optOut' })
    clock.advance(1000)

    const out = await change(ids.slice(0, 4), { kind: 'optOut' })
    expect(out.report).toEqual({ changed: 3, unchanged: 1, cancelledMessages: 3 })
    expect(woken.length).toBeGreaterThan(0)
    expect((await people()).map((row) => [row.optedOutAt, row.listedAt])).toEqual([
      [testNow, testNow],
      ...Array.from({ length: 3 }, () => [testNow + 1000, testNow + 1000]),
      [null, null],
      [null, null],
    ])
    await client.clients.update({ id: ids[1] ?? 0, optedOutAt: null })
    await client.clients.update({ id: ids[1] ?? 0, optedOutAt: new Date(testNow + 5000).toISOString() })
    await expect(undo(out.undoId)).resolves.toMatchObject({ report: { changed: 2, unchanged: 1 } })
    const back = (await people()).map((row) => row.optedOutAt)
    expect(back).toEqual([testNow, testNow + 5000, null, null, null, null])

    const beforeIn = await people()
    const into = await change(ids, { kind: 'optIn' })
    expect(into.report).toMatchObject({ changed: 2, unchanged: 4 })
    expect((await people()).every((row) => row.optedOutAt === null && row.listedAt === null)).toBe(true)
    await undo(into.undoId)
    expect(await people()).toEqual(beforeIn)
    const counters = await store.sql.all('SELECT queued, cancelled FROM delivery_counters WHERE deliveryId = ?', [
      delivery,
    ])
    expect(counters).toEqual([{ queued: 2, cancelled: 4 }])
    await expectBooksToBalance(store.host.file)
  })

  it('deletes for good, and keeps what was sent to them', async () => {
    const { store, ids, change, people } = await directory(5)
    await addStartedDelivery(store)
    const gone = await change([...ids.slice(0, 3), 999], { kind: 'delete' })
    expect(gone).toEqual({ undoId: null, total: 4, report: { changed: 3, unchanged: 1, cancelledMessages: 3 } })
    expect((await people()).map(({ id }) => id)).toEqual(ids.slice(3))
    await expect(store.sql.all('SELECT phone, status, clientId FROM messages ORDER BY id LIMIT 1')).resolves.toEqual([
      { phone: phoneNumber(0), status: 'cancelled', clientId: null },
    ])
    await expectBooksToBalance(store.host.file)
  })

  it('of all that a query finds changes each once, even if it then leaves the query, and no excluded one', async () => {
    const { client, ids, people } = await directory(5000)
    const first = await outcomeOf(
      await client.clients.bulk({
        selection: { kind: 'query', query: {}, exceptIds: ids.slice(0, 10) },
        change: { kind: 'addTags', tags: ['all'] },
      }),
    )
    expect(first).toMatchObject({ total: 4990, report: { changed: 4990, unchanged: 0 } })
    const second = await outcomeOf(
      await client.clients.bulk({
        selection: { kind: 'query', query: { tags: ['all'] }, exceptIds: [] },
        change: { kind: 'removeTags', tags: ['all'] },
      }),
    )
    expect(second.report).toMatchObject({ changed: 4990 })
    expect((await people()).every(({ tags }) => tags === '')).toBe(true)
    const undone: BulkEvent[] = []
    for await (const event of await client.clients.undoBulk({ undoId: second.undoId ?? 0 })) undone.push(event)
    expect(undone[0]).toEqual({ kind: 'begun', undoId: null, total: 4990 })
    expect((await people()).filter(({ tags }) => tags === 'all')).toHaveLength(4990)
  })

  it('can be broken off, and what it did till then undone', async () => {
    const { client, ids, people, undo, published } = await directory(9000, tickingClock())
    const leaving = new AbortController()
    const events = await client.clients.bulk(
      { selection: { kind: 'ids', ids }, change: { kind: 'addTags', tags: ['half'] } },
      { signal: leaving.signal },
    )
    let undoId: number | null = null
    const reading = (async () => {
      for await (const event of events) {
        if (event.kind === 'progress') leaving.abort()
        if (event.kind === 'begun') undoId = event.undoId
      }
    })()
    await reading.catch(() => undefined)
    const tagged = (await people()).filter(({ tags }) => tags === 'half').length
    expect(tagged).toBeGreaterThan(0)
    expect(tagged).toBeLessThan(9000)
    await undo(undoId)
    expect((await people()).every(({ tags }) => tags === '')).toBe(true)
    expect(published.length).toBeGreaterThan(0)
  })

  it('keeps the way back for the last five', async () => {
    const { store, ids, change, undo } = await directory(3)
    const first = await change(ids, { kind: 'addTags', tags: ['0'] })
    for (let n = 1; n <= 5; n += 1) await change(ids, { kind: 'addTags', tags: [String(n)] })
    await expect(undo(first.undoId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(store.sql.all('SELECT count(*) AS rows FROM bulk_change_rows')).resolves.toEqual([{ rows: 15 }])
  })

  it('asks for what it needs', () => {
    expect(issuesWith(bulkChangeSchema, { kind: 'addTags', tags: [] })).toEqual(['tags: name at least one tag'])
  })
})
