import { expect, test } from 'vitest'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { firstStore } from '#electron/store/sqlite/migrations/0001-first-store.ts'
import { doNotContact } from '#electron/store/sqlite/migrations/0002-do-not-contact.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { expectBooksToBalance } from '#tests/support/ledger.ts'
import { openTestStoreIn } from '#tests/support/test-store.ts'

const at = Date.parse('2026-11-23T10:00:00.000Z')

/** A store of the second version: one message that was sent at the third attempt, one that was refused, one that met a 401 and waits. */
async function oldStore(): Promise<string> {
  const dataDir = await temporaryFolder()
  const session = await openSession(storeFile(dataDir))
  await session.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
    INSERT INTO migrations VALUES ('0001-first-store', ${at}), ('0002-do-not-contact', ${at});
    ${firstStore.sql}
    ${doNotContact.sql}
    INSERT INTO clients (id, phone, operatorCode, timeZone, searchText, createdAt, updatedAt) VALUES
      (1, '79000000001', '900', 'Europe/Moscow', '', ${at}, ${at}), (2, '79000000002', '900', 'Europe/Moscow', '', ${at}, ${at}),
      (3, '79000000003', '900', 'Europe/Moscow', '', ${at}, ${at});
    INSERT INTO deliveries (id, name, text, filter, startsAt, endsAt, status, firstMessageId, lastMessageId, createdAt, updatedAt, startedAt)
      VALUES (1, 'Sale', 'Hello', '{}', ${at}, ${at + 1}, 'running', 1, 3, ${at}, ${at}, ${at});
    INSERT INTO delivery_counters (deliveryId, sent, failed, queued) VALUES (1, 1, 1, 1);
    INSERT INTO delivery_errors VALUES (1, 'server_error', 2), (1, 'rejected', 1), (1, 'unauthorized', 1);
    INSERT INTO delivery_timeline VALUES (1, ${at}, 1, 1);
    INSERT INTO messages (id, deliveryId, clientId, phone, status, attempts, nextAttemptAt, errorCode, errorDetail, createdAt, sentAt) VALUES
      (1, 1, 1, '79000000001', 'sent', 3, NULL, NULL, NULL, ${at}, ${at}),
      (2, 1, 2, '79000000002', 'failed', 1, NULL, 'rejected', 'HTTP 422', ${at}, NULL),
      (3, 1, 3, '79000000003', 'queued', 0, ${at}, 'unauthorized', 'HTTP 401', ${at}, NULL);
    INSERT INTO attempts (id, messageId, number, startedAt, durationMs, httpStatus, errorCode, errorDetail) VALUES
      (4, 1, 1, ${at}, 10, 503, 'server_error', 'HTTP 503: it''s busy'), (7, 1, 2, ${at + 1}, 11, 500, 'server_error', ''),
      (8, 2, 1, ${at}, 12, 422, 'rejected', 'HTTP 422'), (9, 3, 1, ${at}, 13, 401, 'unauthorized', 'HTTP 401');
  `)
  await session.close()
  return dataDir
}

test('what was known of requests is kept, and who was refused for the token has used up no attempt by it', async () => {
  const store = await openTestStoreIn(await oldStore(), () => at)

  const request = { counted: true, status: null, answer: null }
  const startedAt = '2026-11-23T10:00:00.000Z'
  expect((await store.read.messages.story(1)).history).toEqual([
    {
      ...request,
      number: 1,
      startedAt,
      durationMs: 10,
      httpStatus: 503,
      error: { code: 'server_error', detail: "HTTP 503: it's busy" },
    },
    {
      ...request,
      number: 2,
      startedAt: '2026-11-23T10:00:00.001Z',
      durationMs: 11,
      httpStatus: 500,
      error: { code: 'server_error', detail: '' },
    },
  ])
  expect((await store.read.messages.story(2)).history).toMatchObject([{ number: 1, counted: true, httpStatus: 422 }])
  expect((await store.read.messages.story(3)).history).toMatchObject([{ number: 1, counted: false, httpStatus: 401 }])
  expect((await store.read.messages.story(1)).changes).toEqual([])
  await expectBooksToBalance(store.host.file)
})

test('requests still go with their delivery', async () => {
  const store = await openTestStoreIn(await oldStore(), () => at)
  await store.sql.run('DELETE FROM messages WHERE id <= 2')
  expect(await store.sql.all('SELECT id FROM attempts')).toEqual([{ id: 9 }])
})
