import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { firstStore } from '#electron/store/sqlite/migrations/0001-first-store.ts'
import { migrations } from '#electron/store/sqlite/migrations/list.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { expectBooksToBalance } from '#tests/support/ledger.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'

const at = Date.parse('2026-11-23T10:00:00.000Z')
const optedOutAt = Date.parse('2026-01-01T00:00:00.000Z')

/** A store of the first version: two clients, one opted out, and a running delivery. */
async function oldStore(): Promise<string> {
  const dataDir = await temporaryFolder()
  const session = await openSession(storeFile(dataDir))
  await session.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
    INSERT INTO migrations VALUES ('0001-first-store', ${at});
    ${firstStore.sql}
    INSERT INTO clients (id, phone, operatorCode, timeZone, name, attributes, optedOutAt, searchText, createdAt, updatedAt) VALUES
      (1, '79000000001', '900', 'Europe/Moscow', 'Anna', '{"city":"Омск"}', NULL, 'anna 79000000001', ${at}, ${at}),
      (2, '79000000002', '900', 'Europe/Moscow', '', '{}', ${optedOutAt}, ' 79000000002', ${at}, ${at});
    INSERT INTO deliveries (id, name, text, filter, startsAt, endsAt, status, firstMessageId, lastMessageId, createdAt, updatedAt, startedAt)
      VALUES (1, 'Sale', 'Hello', '{}', ${at}, ${at + 1}, 'running', 1, 1, ${at}, ${at}, ${at});
    INSERT INTO delivery_counters (deliveryId, queued) VALUES (1, 1);
    INSERT INTO messages (id, deliveryId, clientId, phone, status, nextAttemptAt, createdAt) VALUES (1, 1, 1, '79000000001', 'queued', ${at}, ${at});
  `)
  await session.close()
  return dataDir
}

test('clients who had opted out before the list existed are on it, nothing else changes, and a backup is kept', async () => {
  const dataDir = await oldStore()
  const store = await openTestStoreIn(dataDir, () => at)

  expect(await store.sql.all('SELECT * FROM do_not_contact')).toEqual([{ phone: '79000000002', addedAt: optedOutAt }])
  expect(await store.sql.all('SELECT id, phone, name, attributes, optedOutAt FROM clients')).toEqual([
    { id: 1, phone: '79000000001', name: 'Anna', attributes: '{"city":"Омск"}', optedOutAt: null },
    { id: 2, phone: '79000000002', name: '', attributes: '{}', optedOutAt },
  ])
  expect(await store.sql.all('SELECT name, at FROM migrations ORDER BY name')).toEqual(
    migrations.map(({ name }) => ({ name, at })),
  )
  await expectBooksToBalance(store.host.file)
  const [backup] = await readdir(join(dataDir, 'backups'))
  const kept = await openSession(join(dataDir, 'backups', backup ?? ''))
  expect(await kept.all('SELECT name FROM migrations')).toEqual([{ name: '0001-first-store' }])
  expect(await kept.all('SELECT count(*) AS clients FROM clients')).toEqual([{ clients: 2 }])
  await kept.close()
})

test('opened again it is left as it is', async () => {
  const dataDir = await oldStore()
  await (await openTestStoreIn(dataDir, () => at)).close()
  const store = await openTestStoreIn(dataDir, () => at + 1)
  expect(await store.sql.all('SELECT at FROM migrations')).toEqual(migrations.map(() => ({ at })))
  expect(await readdir(join(dataDir, 'backups'))).toHaveLength(1)
})
