import { searchTextOf } from '#electron/store/clients/client-row.ts'
import type { OwnedSession } from '#electron/store/sqlite/connection.ts'

const firstNames = [
  'Анна',
  'Борис',
  'Вера',
  'Григорий',
  'Дарья',
  'Егор',
  'Жанна',
  'Зоя',
  'Иван',
  'Ксения',
  'Лев',
  'Мария',
]
const lastNames = [
  'Семёнов',
  'Иванов',
  'Кузнецов',
  'Попов',
  'Соколов',
  'Лебедев',
  'Новиков',
  'Морозов',
  'Волков',
  'Зайцев',
]
const codes = ['900', '903', '905', '909', '912', '916', '917', '921', '925', '926', '950', '981']
const zones = ['Europe/Moscow', 'Europe/Moscow', 'Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Omsk', 'Asia/Vladivostok']

/** Writes n clients directly into the store, with frequent and rare names, codes, tags and zones. */
export async function fillDirectory(session: OwnedSession, total: number): Promise<void> {
  const at = Date.now()
  await session.exec(`INSERT INTO tags (id, name) VALUES (1, 'client'), (2, 'vip'), (3, 'new')`)
  for (let begin = 0; begin < total; begin += 20_000) {
    const people = Array.from({ length: Math.min(20_000, total - begin) }, (_, offset) => person(begin + offset))
    await session.transaction(async () => {
      await session.run(
        `INSERT INTO clients (id, phone, operatorCode, timeZone, name, attributes, optedOutAt, searchText, createdAt, updatedAt)
         SELECT value ->> 'id', value ->> 'phone', value ->> 'code', value ->> 'zone', value ->> 'name', '{"city":"Omsk"}',
           value ->> 'optedOutAt', value ->> 'searchText', ${at}, ${at} FROM json_each(?)`,
        [JSON.stringify(people)],
      )
      await session.run(
        `INSERT INTO client_tags (clientId, tagId) SELECT p.value ->> 'id', t.value FROM json_each(?) p, json_each(p.value, '$.tags') t`,
        [JSON.stringify(people)],
      )
    })
  }
}

function person(n: number) {
  const pick = (list: readonly string[], property: number) => list[scattered(n, property) % list.length] ?? ''
  const name = n % 50_021 === 17 ? `Редкая ${n}` : `${pick(firstNames, 1)} ${pick(lastNames, 2)} ${n % 300}`
  const code = pick(codes, 3)
  const phone = `7${code}${String((n * 7_919) % 10_000_000).padStart(7, '0')}`
  return {
    id: n + 1,
    name,
    phone,
    code,
    zone: pick(zones, 4),
    optedOutAt: scattered(n, 5) % 71 === 0 ? 1 : null,
    tags: [
      ...(scattered(n, 6) % 3 > 0 ? [1] : []),
      ...(scattered(n, 7) % 19 === 0 ? [2] : []),
      ...(scattered(n, 8) % 211 === 0 ? [3] : []),
    ],
    searchText: searchTextOf({ name, phone }),
  }
}

/** Returns a pseudorandom number, the same in every run, for each property: the finalizer of MurmurHash3. */
function scattered(n: number, property: number): number {
  let bits = n * 16 + property
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
