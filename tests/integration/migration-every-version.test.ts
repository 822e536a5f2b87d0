import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkStore } from '#electron/store/sqlite/backup-file.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { migrations } from '#electron/store/sqlite/migrations/list.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { openTestEngine, temporaryFolder } from '#tests/support/engine.ts'

const at = Date.parse('2026-10-01T10:00:00.000Z')

/** What a program of the first version had written: three clients, a tag, a delivery that is over with each kind of end, and a draft. */
const firstData = `
  INSERT INTO clients (id, phone, operatorCode, timeZone, name, attributes, optedOutAt, searchText, createdAt, updatedAt) VALUES
    (1, '79000000001', '900', 'Europe/Moscow', 'Anna', '{"city":"Omsk"}', NULL, 'anna 79000000001', ${at}, ${at}),
    (2, '79160000002', '916', 'Asia/Omsk', 'Ёлкин', '{}', NULL, 'елкин 79160000002', ${at}, ${at}),
    (3, '79160000003', '916', 'Asia/Omsk', '', '{}', ${at}, ' 79160000003', ${at}, ${at});
  INSERT INTO tags (id, name) VALUES (1, 'vip');
  INSERT INTO client_tags (clientId, tagId) VALUES (1, 1);
  INSERT INTO deliveries (id, name, text, filter, startsAt, endsAt, status, firstMessageId, lastMessageId, createdAt, updatedAt, startedAt, finishedAt) VALUES
    (1, 'Sale', 'Hello', '{}', ${at}, ${at + 1000}, 'completed', 1, 3, ${at}, ${at}, ${at}, ${at + 900}),
    (2, 'Draft', 'Later', '{"tags":["vip"]}', ${at}, ${at + 1000}, 'draft', NULL, NULL, ${at}, ${at}, NULL, NULL);
  INSERT INTO delivery_counters (deliveryId, sent, failed, expired) VALUES (1, 1, 1, 1), (2, 0, 0, 0);
  INSERT INTO delivery_errors VALUES (1, 'rejected', 1);
  INSERT INTO delivery_timeline VALUES (1, ${at}, 1, 1);
  INSERT INTO messages (id, deliveryId, clientId, phone, status, attempts, errorCode, errorDetail, createdAt, sentAt) VALUES
    (1, 1, 1, '79000000001', 'sent', 1, NULL, NULL, ${at}, ${at}),
    (2, 1, 2, '79160000002', 'failed', 1, 'rejected', 'HTTP 422', ${at}, NULL),
    (3, 1, 3, '79160000003', 'expired', 0, NULL, NULL, ${at}, NULL);
  INSERT INTO attempts (id, messageId, number, startedAt, durationMs, httpStatus, errorCode, errorDetail)
    VALUES (1, 2, 1, ${at}, 12, 422, 'rejected', 'HTTP 422');
`

/** A directory of the version with this many migrations. */
async function directoryOf(version: number): Promise<string> {
  const dataDir = await temporaryFolder()
  const session = await openSession(storeFile(dataDir))
  await session.exec(
    'PRAGMA journal_mode = WAL; CREATE TABLE migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;',
  )
  for (const [index, { name, sql }] of migrations.slice(0, version).entries()) {
    await session.exec(sql)
    await session.run('INSERT INTO migrations VALUES (?, ?)', [name, at])
    if (index === 0) await session.exec(firstData)
  }
  await session.close()
  return dataDir
}

test.each(migrations.map(({ name }, index) => [name, index + 1] as const))(
  'a store of the version up to %s is migrated with all its data',
  async (_, version) => {
    const dataDir = await directoryOf(version)
    const { client } = await openTestEngine(null, { dataDir })

    expect((await client.clients.list({ sortBy: 'name' })).items).toMatchObject([
      { name: '', optedOutAt: expect.any(String) },
      { name: 'Anna', tags: ['vip'], attributes: { city: 'Omsk' }, operatorCode: '900' },
      { name: 'Ёлкин', timeZone: 'Asia/Omsk' },
    ])
    for (const [search, ids] of [
      ['елкин', [2]],
      ['9160000', [2, 3]],
    ] as const)
      expect((await client.clients.list({ search })).items.map(({ id }) => id)).toEqual(ids)
    expect((await client.doNotContact.list({})).items.map(({ phone }) => phone)).toEqual(['79160000003'])
    expect(await client.deliveries.audience({ filter: { tags: ['vip'] } })).toMatchObject({ clients: 1 })
    const { results, messages } = await client.statistics.general()
    expect(results.map(({ id, status }) => [id, status])).toEqual(
      [
        [1, 'completed'],
        [2, 'draft'],
      ].toReversed(),
    )
    expect(messages.byStatus).toMatchObject({ sent: 1, failed: 1, expired: 1, queued: 0 })
    expect((await client.messages.list({ deliveryId: 1 })).items.map(({ status }) => status)).toEqual([
      'sent',
      'failed',
      'expired',
    ])
    expect((await client.messages.get({ id: 2 })).history).toMatchObject([{ number: 1, httpStatus: 422 }])

    // A complete backup from before the migration is kept.
    const backups = await readdir(join(dataDir, 'backups')).catch(() => [])
    expect(backups).toHaveLength(version === migrations.length ? 0 : 1)
    for (const name of backups) await checkStore(join(dataDir, 'backups', name))
    // And it works: one more is added and found.
    await client.clients.create({ phone: '79990000009', name: 'Пётр' })
    expect((await client.clients.list({ search: 'петр' })).items).toHaveLength(1)
  },
)
