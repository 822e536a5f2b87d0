import { expect, test } from 'vitest'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { firstStore } from '#electron/store/sqlite/migrations/0001-first-store.ts'
import { doNotContact } from '#electron/store/sqlite/migrations/0002-do-not-contact.ts'
import { tracing } from '#electron/store/sqlite/migrations/0003-tracing.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { addDelivery, addStartedDelivery } from '#tests/support/factories.ts'
import { settableClock } from '#tests/support/settable-clock.ts'
import { storeApi } from '#tests/support/store-api.ts'
import { openTestStore, openTestStoreIn, type TestStore, watchedReads } from '#tests/support/test-store.ts'

/** Results of a delivery, each in its second. */
async function results(store: TestStore, id: number, ...points: readonly [at: string, sent: number, failed: number][]) {
  const rows = points.map(([at, sent, failed]) => `(${id}, ${Date.parse(at)}, ${sent}, ${failed})`).join(',')
  await store.sql.exec(`INSERT INTO delivery_timeline (deliveryId, at, sent, failed) VALUES ${rows}
      ON CONFLICT (deliveryId, at) DO UPDATE SET sent = sent + excluded.sent, failed = failed + excluded.failed`)
}

test('results of all deliveries are counted on their day, where the days of the asker begin', async () => {
  const store = await openTestStore()
  const { client } = storeApi(store, settableClock('2026-11-25T10:00:00Z'))
  const one = await addStartedDelivery(store)
  const two = await addDelivery(store)
  await results(
    store,
    one,
    ['2026-11-23T20:59:59.000Z', 1, 0],
    ['2026-11-23T21:00:00.000Z', 10, 1],
    ['2026-11-24T18:14:59.000Z', 100, 0],
    ['2026-11-24T18:15:00.000Z', 1000, 0],
  )
  await results(store, two, ['2026-11-25T09:00:00.000Z', 5, 7])
  await results(store, two, ['2026-11-25T09:00:00.000Z', 1, 1])

  expect(await client.statistics.days({ timeZone: 'Europe/Moscow', days: 3 })).toEqual({
    days: [
      { day: '2026-11-23', sent: 1, failed: 0 },
      { day: '2026-11-24', sent: 1110, failed: 1 },
      { day: '2026-11-25', sent: 6, failed: 8 },
    ],
  })
  expect((await client.statistics.days({ timeZone: 'Asia/Kathmandu', days: 2 })).days).toEqual([
    { day: '2026-11-24', sent: 111, failed: 1 },
    { day: '2026-11-25', sent: 1006, failed: 8 },
  ])
  expect((await client.statistics.days({ timeZone: 'Europe/Moscow' })).days).toHaveLength(7)
})

test('a day on which the clocks change has all its hours, and what is older than the first day is left out', async () => {
  const store = await openTestStore()
  const { client } = storeApi(store, settableClock('2026-10-26T12:00:00Z'))
  const id = await addStartedDelivery(store)
  await results(
    store,
    id,
    ['2026-10-24T22:59:59.000Z', 1, 0],
    ['2026-10-24T23:00:00.000Z', 2, 0],
    ['2026-10-25T23:59:59.000Z', 4, 0],
    ['2026-10-26T00:00:00.000Z', 8, 0],
  )
  expect(await client.statistics.days({ timeZone: 'Europe/London', days: 2 })).toEqual({
    days: [
      { day: '2026-10-25', sent: 6, failed: 0 },
      { day: '2026-10-26', sent: 8, failed: 0 },
    ],
  })
})

test('what a deleted delivery came to is counted no more', async () => {
  const store = await openTestStore()
  const { client } = storeApi(store, settableClock('2026-11-25T10:00:00Z'))
  const id = await addDelivery(store)
  await results(store, id, ['2026-11-25T09:00:00.000Z', 5, 1])
  await store.write(({ deliveries }) => deliveries.delete(id))
  expect((await client.statistics.days({ timeZone: 'UTC', days: 1 })).days).toEqual([
    { day: '2026-11-25', sent: 0, failed: 0 },
  ])
})

test('a question that makes no sense is refused by name', async () => {
  const { client } = storeApi(await openTestStore())
  for (const question of [{ timeZone: 'Mars/Olympus' }, { days: 0 }, { days: 63 }])
    await expect(client.statistics.days(question)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('weeks of results are read without a look at the timeline or at messages', async () => {
  const { reads, plans } = watchedReads(await openTestStore())
  await reads.statistics.days({ timeZone: 'Europe/Moscow', count: 7, now: Date.parse('2026-11-25T10:00:00Z') })
  expect((await plans()).flatMap(({ steps }) => steps)).toEqual([
    'SEARCH results_by_quarter USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
  ])
})

test('a store of the version before has its results by the quarter after it was opened', async () => {
  const dataDir = await temporaryFolder()
  const at = Date.parse('2026-11-24T10:07:00Z')
  const session = await openSession(storeFile(dataDir))
  const before = [firstStore, doNotContact, tracing]
  await session.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE migrations (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
    ${before.map(({ name, sql }) => `INSERT INTO migrations VALUES ('${name}', ${at}); ${sql}`).join('\n')}
    INSERT INTO deliveries (id, name, text, filter, startsAt, endsAt, status, createdAt, updatedAt, startedAt)
      VALUES (1, 'Sale', 'Hello', '{}', ${at}, ${at + 1}, 'running', ${at}, ${at}, ${at});
    INSERT INTO delivery_timeline (deliveryId, at, sent, failed) VALUES (1, ${at}, 3, 1), (1, ${at + 60_000}, 4, 0), (1, ${at + 900_000}, 5, 2);
  `)
  await session.close()
  const store = await openTestStoreIn(dataDir, () => at)

  expect(await store.sql.all('SELECT * FROM results_by_quarter ORDER BY at')).toEqual([
    { at: Date.parse('2026-11-24T10:00:00Z'), sent: 7, failed: 1 },
    { at: Date.parse('2026-11-24T10:15:00Z'), sent: 5, failed: 2 },
  ])
  await results(store, 1, ['2026-11-24T10:16:00.000Z', 1, 0])
  expect(await store.sql.first('SELECT sent FROM results_by_quarter WHERE sent = 6')).toEqual({ sent: 6 })
})
