import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { openEngine } from '#electron/engine.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { removeFolder } from '../support/remove-folder.ts'

/** A child process: the time of the general statistics over a store with n messages in 100 deliveries. */
const total = Number(process.argv[2])
const dataDir = await mkdtemp(join(tmpdir(), 'herald-bench-'))
let engine = await openEngine({ dataDir, host: 'web' })
await engine.close()
await fill()
engine = await openEngine({ dataDir, host: 'web' })
const client = createRouterClient(engine.api)
try {
  const times: number[] = []
  for (let round = 0; round < 50; round += 1) {
    const begun = performance.now()
    const { messages } = await client.statistics.general()
    times.push(performance.now() - begun)
    if (messages.byStatus.sent !== total) throw new Error(`the statistics say ${messages.byStatus.sent}`)
  }
  times.sort((a, b) => a - b)
  const today = new Date()
  const day = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const begun = performance.now()
  const { messages, tags } = await client.reports.period({ since: day(-30), until: day(1) })
  const periodMs = performance.now() - begun
  if (messages.total !== total || tags[0]?.messages.total !== total)
    throw new Error('messages of the period are missing')
  process.send?.({ medianMs: times[25], worstMs: times.at(-1), periodMs })
} finally {
  await engine.close()
  await removeFolder(dataDir)
  process.disconnect()
}

/** Writes the messages directly into the store: sending a million would measure something else. */
async function fill(): Promise<void> {
  const session = await openSession(storeFile(dataDir))
  const clients = total / 100
  const now = Date.now()
  await session.transaction(async () => {
    await session.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${clients})
      INSERT INTO clients (phone, operatorCode, timeZone, searchText, createdAt, updatedAt)
      SELECT CAST(79000000000 + i AS TEXT), '900', 'Europe/Moscow', '', ${now}, ${now} FROM n;
      INSERT INTO tags (name) SELECT 'everybody' UNION ALL SELECT 'group ' || value FROM json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]');
      INSERT INTO client_tags (clientId, tagId) SELECT c.id, t.id FROM clients c JOIN tags t ON t.name IN ('everybody', 'group ' || c.id % 20);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
      INSERT INTO deliveries (name, text, filter, startsAt, endsAt, status, firstMessageId, lastMessageId, createdAt, updatedAt, startedAt, finishedAt)
      SELECT 'Delivery ' || i, 'Hello', '{}', ${now}, ${now + 1000}, 'completed', (i - 1) * ${clients} + 1, i * ${clients}, ${now}, ${now}, ${now}, ${now} FROM n;
      INSERT INTO delivery_counters (deliveryId, sent) SELECT id, ${clients} FROM deliveries;
      INSERT INTO messages (deliveryId, clientId, phone, status, attempts, createdAt, sentAt)
      SELECT d.id, c.id, c.phone, 'sent', 1, ${now}, ${now} FROM deliveries d CROSS JOIN clients c ORDER BY d.id, c.id;`)
  })
  await session.close()
}
