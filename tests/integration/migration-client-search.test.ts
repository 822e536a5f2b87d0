import { expect, test } from 'vitest'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { migrations } from '#electron/store/sqlite/migrations/list.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'

const at = Date.parse('2026-11-23T10:00:00.000Z')

/** A store as the version before left it, with three clients. */
async function oldStore(): Promise<string> {
  const dataDir = await temporaryFolder()
  const session = await openSession(storeFile(dataDir))
  const before = migrations.slice(
    0,
    migrations.findIndex(({ name }) => name === '0005-client-search'),
  )
  await session.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
    ${before.map(({ name, sql }) => `${sql}; INSERT INTO migrations VALUES ('${name}', ${at});`).join('\n')}
    INSERT INTO clients (id, phone, operatorCode, timeZone, name, attributes, optedOutAt, searchText, createdAt, updatedAt) VALUES
      (1, '79000000001', '900', 'Europe/Moscow', 'анна', '{"city":"Омск"}', NULL, 'анна 79000000001', ${at}, ${at}),
      (2, '79000000002', '900', 'Asia/Omsk', 'Анна', '{"city":"Омск","age":"3"}', ${at}, 'анна 79000000002', ${at}, ${at}),
      (3, '79010000003', '901', 'Asia/Omsk', 'Борис', '{}', NULL, 'борис 79010000003', ${at}, ${at});
    INSERT INTO tags (id, name) VALUES (1, 'vip'), (2, 'nobody');
    INSERT INTO client_tags (clientId, tagId) VALUES (1, 1), (3, 1);
  `)
  await session.close()
  return dataDir
}

test('the clients of an older store are found and counted, and stay so as they change', async () => {
  const store = await openTestStoreIn(await oldStore(), () => at)
  const namesOf = async (search: string) =>
    (await store.read.clients.list({ search, sortBy: 'name', descending: true, limit: 10 })).items.map(
      ({ name }) => name,
    )

  await expect(namesOf('анн')).resolves.toEqual(['Анна', 'анна'])
  await expect(namesOf('7901')).resolves.toEqual(['Борис'])
  await expect(store.read.clients.facets()).resolves.toEqual({
    languages: [],
    operatorCodes: [
      { value: '900', clients: 2 },
      { value: '901', clients: 1 },
    ],
    tags: [{ value: 'vip', clients: 2 }],
    timeZones: [
      { value: 'Asia/Omsk', clients: 2 },
      { value: 'Europe/Moscow', clients: 1 },
    ],
    attributes: ['age', 'city'],
  })

  await store.sql.exec('DELETE FROM clients WHERE id = 2')
  await expect(namesOf('анн')).resolves.toEqual(['анна'])
  await expect(store.read.clients.facets()).resolves.toMatchObject({ attributes: ['city'] })
})
