import { describe, expect, it } from 'vitest'
import { searchTextOf } from '#electron/store/clients/client-row.ts'
import type { ClientQuery } from '#shared/contract/client-query.ts'
import { openTestStore, type TestStore, watchedReads } from '#tests/support/test-store.ts'

interface Person {
  readonly id: number
  readonly phone: string
  readonly operatorCode: string
  readonly timeZone: string
  readonly name: string
  readonly optedOutAt: number | null
  readonly tags: readonly string[]
}

const people = 24_000
const zones = ['Europe/Moscow', 'Asia/Omsk', 'Asia/Tokyo']
const first = ['Анна', 'Борис', 'Вера', 'Ёлка', 'Ann', 'Bo "B"', "O'Neil", '']
const last = ['Семёнова', 'Щукин', 'van Dyke', 'Йод', '']

/** More clients than one batch; some properties are common and some are rare. */
async function crowd(store: TestStore): Promise<Person[]> {
  const chosen = Array.from({ length: people }, (_, n): Person => {
    const code = n % 7 === 0 ? '916' : n % 997 === 0 ? '812' : '925'
    return {
      id: n + 1,
      phone: `7${code}${String((n * 7919) % 10_000_000).padStart(7, '0')}`,
      operatorCode: code,
      timeZone: zones[n % 11 === 0 ? 1 : n % 4001 === 0 ? 2 : 0] ?? '',
      name: `${first[n % 8]} ${last[(n * 3) % 5]}`.trim(),
      optedOutAt: n % 13 === 0 ? 1 : null,
      tags: [...(n % 3 > 0 ? ['много'] : []), ...(n % 101 === 0 ? ['VIP'] : []), ...(n > 23_900 ? ['new anna'] : [])],
    }
  })
  await store.sql.transaction(async () => {
    const { sql } = store
    await sql.run(
      `INSERT INTO clients (id, phone, operatorCode, timeZone, name, attributes, optedOutAt, searchText, createdAt, updatedAt)
       SELECT value ->> 'id', value ->> 'phone', value ->> 'operatorCode', value ->> 'timeZone', value ->> 'name', '{}',
         value ->> 'optedOutAt', value ->> 'searchText', 0, 0 FROM json_each(?)`,
      [JSON.stringify(chosen.map((person) => ({ ...person, searchText: searchTextOf(person) })))],
    )
    await sql.exec(`INSERT INTO tags (id, name) VALUES (1, 'много'), (2, 'VIP'), (3, 'new anna'), (4, 'nobody')`)
    await sql.run(
      `INSERT INTO client_tags (clientId, tagId) SELECT p.value ->> 'id', t.id
       FROM json_each(?) p, json_each(p.value, '$.tags') given JOIN tags t ON t.name = given.value`,
      [JSON.stringify(chosen)],
    )
  })
  return chosen
}

/** The meaning of the query, implemented without an index. */
function isMeant(person: Person, query: ClientQuery): boolean {
  const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е')
  const anyOf = (values: readonly string[] | undefined, has: (value: string) => boolean) =>
    values === undefined || values.length === 0 || values.some(has)
  const words = (query.search ?? '').split(' ').filter(Boolean)
  return (
    anyOf(query.operatorCodes, (code) => code === person.operatorCode) &&
    anyOf(query.timeZones, (zone) => zone === person.timeZone) &&
    anyOf(query.tags, (tag) => person.tags.includes(tag)) &&
    !(query.excludeTags ?? []).some((tag) => person.tags.includes(tag)) &&
    (query.optedOut === undefined || query.optedOut === (person.optedOutAt !== null)) &&
    words.every((word) => [person.name, person.phone, ...person.tags].some((text) => fold(text).includes(fold(word))))
  )
}

const queries: ClientQuery[] = [
  {},
  { search: 'анна' },
  { search: 'ЩУКИН анна' },
  { search: 'ё' },
  { search: 'щу' },
  { search: 'нн' },
  { search: 'anna' },
  { search: '"b"' },
  { search: "o'n" },
  { search: 'OR' },
  { search: 'nobody at all' },
  { search: '7916' },
  { search: '0791' },
  { search: '79' },
  { search: 'vip вера' },
  { search: 'мно', optedOut: true },
  { tags: ['много'] },
  { tags: ['много', 'VIP'] },
  { tags: ['nobody'] },
  { tags: ['never heard of'] },
  { tags: ['VIP'], excludeTags: ['много'] },
  { excludeTags: ['много', 'new anna'] },
  { operatorCodes: ['925'] },
  { operatorCodes: ['916', '812'] },
  { operatorCodes: ['925'], tags: ['много'], timeZones: ['Europe/Moscow'], optedOut: false },
  { operatorCodes: ['925', '916'], timeZones: ['Asia/Omsk', 'Asia/Tokyo'] },
  { timeZones: ['Asia/Tokyo'], search: '79' },
  { optedOut: true },
  { optedOut: false },
]

const sortFields = ['id', 'phone', 'name'] as const

/** Returns all ids in one order. SQLite compares texts byte by byte. */
function inOrderOf(persons: readonly Person[], sortBy: (typeof sortFields)[number]): number[] {
  const keyOf = { id: () => '', phone: (person: Person) => person.phone, name: searchTextOf }[sortBy]
  return persons
    .map((person) => ({ id: person.id, key: Buffer.from(keyOf(person)) }))
    .sort((a, b) => a.key.compare(b.key) || a.id - b.id)
    .map(({ id }) => id)
}

describe('a search among many', () => {
  it('finds the same clients as a plain filter, in every order', { timeout: 120_000 }, async () => {
    const store = await openTestStore()
    const everybody = await crowd(store)
    // Separate words with the same trigrams must not match one word with all of them.
    await store.sql.exec(`UPDATE clients SET name = 'abc bcd', searchText = 'abc bcd 1' WHERE id = 5`)
    const known = everybody.map((person) => (person.id === 5 ? { ...person, name: 'abc bcd', phone: '1' } : person))

    const orders = Object.fromEntries(sortFields.map((sortBy) => [sortBy, inOrderOf(known, sortBy)]))

    for (const query of [...queries, { search: 'abcd' }, { search: 'bcd abc' }]) {
      const meant = known.filter((person) => isMeant(person, query))
      const ids = new Set(meant.map((person) => person.id))
      for (const sortBy of sortFields) {
        for (const descending of [false, true]) {
          const inOrder = (orders[sortBy] ?? []).filter((id) => ids.has(id))
          if (descending) inOrder.reverse()
          if (sortBy === 'phone' && meant.some((person) => person.id === 5)) continue
          const page = await store.read.clients.list({ ...query, sortBy, descending, limit: 20 })
          const next =
            page.nextCursor === null
              ? []
              : (await store.read.clients.list({ ...query, sortBy, descending, limit: 20, cursor: page.nextCursor }))
                  .items
          const about = `${JSON.stringify(query)} by ${sortBy}, ${descending ? 'descending' : 'ascending'}`
          expect(
            [...page.items, ...next].map((client) => client.id),
            about,
          ).toEqual(inOrder.slice(0, 40))
          const isCountExact = page.isCountExact || meant.length <= 1000
          expect(page, about).toMatchObject({ isCountExact, count: isCountExact ? meant.length : 1000 })
        }
      }
      await expect(store.read.clients.count(query)).resolves.toBe(meant.length)
    }
  })

  it('counts up to a limit, unless the exact count is known', async () => {
    const store = await openTestStore()
    await crowd(store)
    const first = (query: ClientQuery) =>
      store.read.clients.list({ ...query, sortBy: 'id', descending: false, limit: 1 })

    await expect(first({})).resolves.toMatchObject({ count: people, isCountExact: true })
    await expect(first({ tags: ['много'] })).resolves.toMatchObject({ count: 16_000, isCountExact: true })
    await expect(first({ tags: ['много'], optedOut: false })).resolves.toMatchObject({
      count: 1000,
      isCountExact: false,
    })
    await expect(first({ search: 'vip' })).resolves.toMatchObject({ count: 238, isCountExact: true })
  })

  it('uses the narrowest index', async () => {
    const store = await openTestStore()
    await crowd(store)
    const { reads, plans } = watchedReads(store)
    const stepsOf = async (query: ClientQuery, sortBy: 'id' | 'phone' | 'name' = 'id') => {
      await plans()
      await reads.clients.list({ ...query, sortBy, descending: false, limit: 5 })
      return (await plans()).find(({ sql }) => sql.includes(' ORDER BY '))?.steps
    }

    expect((await stepsOf({ search: 'щукин' }))?.[0]).toMatch(/^SCAN s VIRTUAL TABLE/)
    expect((await stepsOf({ tags: ['VIP'] }))?.slice(0, 2)).toEqual([
      expect.stringMatching(/^SEARCH s USING COVERING INDEX client_tags_tag/),
      expect.stringMatching(/^SEARCH c USING COVERING INDEX clients_facets/),
    ])
    expect((await stepsOf({ operatorCodes: ['812'] }, 'name'))?.[0]).toMatch(
      /^SEARCH s USING COVERING INDEX clients_code/,
    )
    expect((await stepsOf({ optedOut: true }, 'phone'))?.[0]).toMatch(
      /^SCAN s USING (COVERING )?INDEX clients_opted_out/,
    )
    // Nearly all clients: read in the list's order, without a sort.
    expect((await stepsOf({ operatorCodes: ['925'] }, 'name'))?.join()).not.toMatch('TEMP B-TREE')
    expect((await stepsOf({ operatorCodes: ['925'], tags: ['много'] }))?.join()).not.toMatch('TEMP B-TREE')
  })

  it('returns the ids of a selection in pages', async () => {
    const store = await openTestStore()
    const everybody = await crowd(store)
    for (const query of [
      {},
      { tags: ['VIP'] },
      { tags: ['много', 'VIP'] },
      { search: 'анна' },
      { operatorCodes: ['925'] },
    ]) {
      const found: number[] = []
      for (let afterId = 0; ; ) {
        const ids = await store.read.clients.nextIds(query, { afterId, lastId: 20_000, limit: 3000 })
        found.push(...ids)
        if (ids.length < 3000) break
        afterId = ids.at(-1) ?? 0
      }
      const meant = everybody.filter((person) => person.id <= 20_000 && isMeant(person, query))
      expect(found).toEqual(meant.map((person) => person.id))
    }
  })

  it('keeps its counters and its index with every change', async () => {
    const store = await openTestStore()
    await crowd(store)
    await store.sql.exec(`
        UPDATE clients SET operatorCode = '999', timeZone = 'Asia/Tokyo' WHERE id % 50 = 0;
        UPDATE clients SET attributes = '{"city":"Omsk","age":"3"}' WHERE id % 40 = 0;
        UPDATE clients SET attributes = '{"age":"4"}' WHERE id % 80 = 0;
        UPDATE clients SET name = 'Renamed', searchText = 'renamed ' || phone WHERE id % 1000 = 0;
        DELETE FROM client_tags WHERE clientId % 10 = 0;
        DELETE FROM clients WHERE id % 3 = 0;
      `)
    const group = (column: string) =>
      store.sql.all(`SELECT ${column} AS value, count(*) AS clients FROM clients GROUP BY 1 ORDER BY 2 DESC, 1`)

    await expect(store.read.clients.facets()).resolves.toEqual({
      languages: [],
      operatorCodes: await group('operatorCode'),
      timeZones: await group('timeZone'),
      tags: await store.sql.all(
        'SELECT name AS value, count(*) AS clients FROM client_tags JOIN tags ON id = tagId GROUP BY 1 ORDER BY 2 DESC, 1',
      ),
      attributes: ['age', 'city'],
    })
    await expect(store.read.clients.count({})).resolves.toBe(16_000)
    await expect(store.read.clients.count({ search: 'renamed' })).resolves.toBe(16)
    // Throws where the index differs from the table.
    await store.sql.exec(`INSERT INTO client_search (client_search, rank) VALUES ('integrity-check', 1)`)
  })
})
