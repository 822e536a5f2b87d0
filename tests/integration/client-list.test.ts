import { describe, expect, it } from 'vitest'
import type { ClientQuery } from '#shared/contract/client-query.ts'
import { type Client, clientSortFields } from '#shared/contract/clients.ts'
import { addClient, addClients, testNow } from '#tests/support/factories.ts'
import { storeApi } from '#tests/support/store-api.ts'
import { openTestStore, type TestStore, watchedReads } from '#tests/support/test-store.ts'

async function addPeople(store: TestStore): Promise<void> {
  await addClient(store, { phone: '79001234567', name: 'Анна Семёнова', tags: ['Постоянный клиент'] })
  await addClient(store, { phone: '79010000001', name: 'БОРИС', tags: ['vip'], timeZone: 'Asia/Omsk' })
  await addClient(store, { phone: '79010000002', name: 'Vera', operatorCode: '495', tags: ['VIP', 'sale 2024-05'] })
  await addClient(store, { phone: '79020000003', name: 'Борис 50%', optedOutAt: '2026-01-01T00:00:00Z' })
}

describe('the list of clients', () => {
  it.each<[query: ClientQuery, found: string[]]>([
    [{}, ['Анна Семёнова', 'БОРИС', 'Vera', 'Борис 50%']],
    [{ search: 'борис' }, ['БОРИС', 'Борис 50%']],
    [{ search: 'семенова' }, ['Анна Семёнова']],
    [{ search: 'СЕМЁНОВА анна' }, ['Анна Семёнова']],
    [{ search: 'анна борис' }, []],
    [{ search: '50%' }, ['Борис 50%']],
    [{ search: '8 (900) 123-45-67' }, ['Анна Семёнова']],
    [{ search: '+7 901' }, ['БОРИС', 'Vera']],
    [{ search: '0003' }, ['Борис 50%']],
    [{ search: 'ПОСТОЯННЫЙ' }, ['Анна Семёнова']],
    [{ search: 'vip' }, ['БОРИС', 'Vera']],
    [{ search: '2024-05' }, ['Vera']],
    [{ search: 'sale vera' }, ['Vera']],
    [{ tags: ['vip'] }, ['БОРИС']],
    [{ tags: ['nobody has this'] }, []],
    [{ operatorCodes: ['901'] }, ['БОРИС']],
    [{ operatorCodes: ['495'] }, ['Vera']],
    [{ timeZones: ['Asia/Omsk'] }, ['БОРИС']],
    [{ optedOut: true }, ['Борис 50%']],
    [{ optedOut: false, search: 'борис' }, ['БОРИС']],
  ])('with %j shows %j', async (query, found) => {
    const store = await openTestStore()
    await addPeople(store)

    const list = await store.read.clients.list({ ...query, sortBy: 'id', descending: false, limit: 50 })
    const page = await store.read.clients.page({ ...query, limit: 50, offset: 0 })

    await expect(store.read.clients.count(query)).resolves.toBe(found.length)
    expect(list.items.map((client) => client.name)).toEqual(found)
    expect(list).toMatchObject({ count: found.length, isCountExact: true })
    expect(page.results).toEqual(list.items)
    expect(page.count).toBe(found.length)
  })

  it.each(clientSortFields.flatMap((sortBy) => [false, true].map((descending) => ({ sortBy, descending }))))(
    'by $sortBy (descending: $descending) returns every client once, page by page',
    async ({ sortBy, descending }) => {
      const store = await openTestStore()
      const { client } = storeApi(store)
      const names = ['b', 'A', 'B', '', 'c', 'a', 'b']
      for (const [n, name] of names.entries()) {
        await addClient(store, { phone: `7900000000${9 - n}`, name, now: testNow + n * 1000 })
      }

      const seen: Client[] = []
      let cursor: string | undefined
      do {
        const page = await client.clients.list({ sortBy, descending, limit: 2, cursor })
        expect(page.count).toBe(7)
        seen.push(...page.items)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)

      // Names sort case-insensitively, and clients with the same name by phone.
      const keyOf = (row: Client) => (sortBy === 'name' ? `${row.name.toLowerCase()} ${row.phone}` : row[sortBy])
      const sorted = seen.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : a.id - b.id))
      expect(seen.map((row) => row.id)).toEqual((descending ? sorted.toReversed() : sorted).map((row) => row.id))
      expect(new Set(seen.map((row) => row.id)).size).toBe(7)
    },
  )

  it('refuses a cursor of another order, and an unknown one', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    await addClients(store, 3)
    const { nextCursor } = await client.clients.list({ sortBy: 'name', limit: 1 })
    const refusal = { code: 'VALIDATION', status: 400, data: { issues: [{ path: 'cursor' }] } }

    for (const cursor of [nextCursor ?? '', '', 'nonsense', Buffer.from('["id",0,1]').toString('base64url')]) {
      await expect(client.clients.list({ sortBy: 'id', cursor })).rejects.toMatchObject(refusal)
    }
  })

  it('has links to the neighbouring pages in REST, with its filters', async () => {
    const store = await openTestStore()
    const { client } = storeApi(store)
    await addClients(store, 5)

    await expect(client.clients.page({})).resolves.toMatchObject({ count: 5, next: null, previous: null })
    await expect(
      client.clients.page({ limit: 2, offset: 1, search: 'client', optedOut: false }),
    ).resolves.toMatchObject({
      count: 5,
      next: '?search=client&optedOut=false&limit=2&offset=3',
      previous: '?search=client&optedOut=false&limit=2&offset=0',
      results: [{ name: 'Client 1' }, { name: 'Client 2' }],
    })
    await expect(client.clients.page({ limit: 2, offset: 9 })).resolves.toMatchObject({ next: null, results: [] })
  })

  it.each(['id', 'phone', 'name'] as const)('by %s reads the rows of its page and no more', async (sortBy) => {
    const store = await openTestStore()
    await addClients(store, 10)
    const { reads, plans } = watchedReads(store)

    const { nextCursor } = await reads.clients.list({ sortBy, descending: false, limit: 2 })
    await plans()
    await reads.clients.list({ sortBy, descending: false, limit: 2, cursor: nextCursor ?? '' })

    const [plan] = (await plans()).filter(({ sql }) => sql.includes('ORDER BY c.'))
    expect(plan?.steps).toEqual([expect.stringMatching(/^SEARCH c USING (INTEGER PRIMARY KEY|COVERING INDEX|INDEX) /)])
  })
})
