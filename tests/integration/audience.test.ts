import { describe, expect, it } from 'vitest'
import { audienceOf, chosenBy } from '#electron/store/audience/audience-condition.ts'
import { everybody, type Filter, selects } from '#shared/domain/filter.ts'
import { addClient, phoneNumber } from '#tests/support/factories.ts'
import { seededRandom } from '#tests/support/seeded-random.ts'
import { openTestStore, type TestStore } from '#tests/support/test-store.ts'

const tags = ['vip', 'VIP', 'новый', "o'hara"]
const codes = ['900', '901', '495']
const languages = ['ru', 'en-GB']
const timeZones = ['Europe/Moscow', 'Asia/Omsk', 'UTC']

async function selectedBySql(store: TestStore, filter: Filter): Promise<number[]> {
  const { sql, values } = audienceOf(filter)
  const rows = await store.sql.all<{ id: number }>(`SELECT c.id FROM clients c WHERE ${sql} ORDER BY c.id`, values)
  return rows.map((row) => row.id)
}

describe('the audience in SQL', () => {
  it('is the one that the rule selects, for any filter and any client', async () => {
    const store = await openTestStore()
    const random = seededRandom(20261123)
    const clients = []
    for (let n = 0; n < 120; n += 1) {
      clients.push(
        await addClient(store, {
          phone: phoneNumber(n),
          operatorCode: random.oneOf(codes),
          timeZone: random.oneOf(timeZones),
          language: random.oneOf(['', ...languages]),
          tags: random.someOf(tags, 0.3),
          optedOutAt: random.chance(0.1) ? '2026-01-01T00:00:00Z' : null,
        }),
      )
    }
    const drawn = Array.from(
      { length: 400 },
      (): Filter => ({
        match: random.chance(0.5) ? 'all' : 'any',
        operatorCodes: random.someOf(codes, 0.25),
        tags: random.someOf([...tags, 'nobody has this'], 0.25),
        timeZones: random.someOf(timeZones, 0.25),
        languages: random.someOf(languages, 0.25),
        excludeTags: random.someOf(tags, 0.15),
      }),
    )

    for (const filter of [everybody, { ...everybody, match: 'any' as const }, ...drawn]) {
      const selected = clients.filter((client) => selects(filter, client)).map((client) => client.id)
      expect(await selectedBySql(store, filter), JSON.stringify(filter)).toEqual(selected)
      const { sql, values } = chosenBy(filter)
      const [chosen] = await store.sql.all<{ count: number }>(
        `SELECT count(*) AS count FROM clients c WHERE ${sql}`,
        values,
      )
      expect(chosen?.count).toBe(clients.filter((client) => selects(filter, { ...client, optedOutAt: null })).length)
    }
  })
})

it('clients who lack a variable are found, for any characters in its name', async () => {
  const store = await openTestStore()
  const names = ['city', 'the "best" city', 'a.b', '$', '[0]', 'ё\\']
  await addClient(store, {
    phone: phoneNumber(1),
    name: 'Anna',
    attributes: Object.fromEntries(names.map((n) => [n, 'x'])),
  })
  await addClient(store, { phone: phoneNumber(2), attributes: Object.fromEntries(names.map((n) => [n, ''])) })
  await addClient(store, { phone: phoneNumber(3), attributes: { 'the best city': 'x' } })

  for (const name of names) expect([name, await store.read.audience.countWithout(everybody, name)]).toEqual([name, 2])
  expect(await store.read.audience.countWithout(everybody, 'name')).toBe(2)
  expect(await store.read.audience.countWithout(everybody, 'phone')).toBe(0)
})
