import { expect } from 'vitest'
import { openSession, type ReadSession } from '#electron/store/sqlite/connection.ts'
import { messageStatuses } from '#shared/domain/states.ts'

/**
 * Counts messages and attempts, and compares the results with the stored counters, errors, timeline, quarters of an
 * hour and id ranges of each delivery. Also expects that no message contradicts itself.
 */
export async function expectBooksToBalance(storeFile: string): Promise<void> {
  const session = await openSession(storeFile)
  try {
    await session.transaction(() => compare(session))
  } finally {
    await session.close()
  }
}

async function compare(sql: ReadSession): Promise<void> {
  const columns = messageStatuses.map((status) => `count(m.id) FILTER (WHERE m.status = '${status}') AS ${status}`)
  const counted = await sql.all(
    `SELECT d.id AS deliveryId, ${columns.join(', ')} FROM deliveries d LEFT JOIN messages m ON m.deliveryId = d.id GROUP BY d.id ORDER BY d.id`,
  )
  const kept = await sql.all(
    `SELECT deliveryId, ${messageStatuses.join(', ')} FROM delivery_counters ORDER BY deliveryId`,
  )
  expect(kept, 'counters').toEqual(counted)

  const errors = await sql.all('SELECT deliveryId, code, count FROM delivery_errors ORDER BY deliveryId, code')
  const attempts = await sql.all(
    `SELECT m.deliveryId, a.errorCode AS code, count(*) AS count FROM attempts a JOIN messages m ON m.id = a.messageId
     WHERE a.errorCode IS NOT NULL GROUP BY m.deliveryId, a.errorCode ORDER BY m.deliveryId, a.errorCode`,
  )
  expect(errors, 'errors').toEqual(attempts)

  const timeline = await sql.all(
    `SELECT d.id, coalesce(sum(t.sent), 0) AS sent, coalesce(sum(t.failed - t.retried), 0) AS failed
     FROM deliveries d LEFT JOIN delivery_timeline t ON t.deliveryId = d.id GROUP BY d.id ORDER BY d.id`,
  )
  const results = await sql.all('SELECT deliveryId AS id, sent, failed FROM delivery_counters ORDER BY deliveryId')
  expect(timeline, 'timeline').toEqual(results)

  const quarters = await sql.all(
    'SELECT at, sent, failed FROM results_by_quarter WHERE sent <> 0 OR failed <> 0 ORDER BY at',
  )
  const perQuarter = await sql.all(
    `SELECT at - at % 900000 AS at, sum(sent) AS sent, sum(failed) AS failed FROM delivery_timeline
     GROUP BY 1 HAVING sum(sent) <> 0 OR sum(failed) <> 0 ORDER BY 1`,
  )
  expect(quarters, 'quarters of an hour').toEqual(perQuarter)

  const accepted = await sql.all(
    `SELECT m.id, m.status, count(*) AS times FROM attempts a JOIN messages m ON m.id = a.messageId
     WHERE a.errorCode IS NULL GROUP BY m.id HAVING times > 1 OR m.status <> 'sent'`,
  )
  expect(accepted, 'messages accepted twice, or accepted and not sent').toEqual([])

  const ranges = await sql.all(
    `SELECT d.id FROM deliveries d LEFT JOIN messages m ON m.deliveryId = d.id GROUP BY d.id
     HAVING min(m.id) IS NOT d.firstMessageId OR max(m.id) IS NOT d.lastMessageId OR count(m.id) <> coalesce(d.lastMessageId - d.firstMessageId + 1, 0)`,
  )
  expect(ranges, 'deliveries whose messages are not one unbroken range').toEqual([])

  const contradictions = await sql.all(
    `SELECT * FROM messages WHERE (status = 'queued') <> (nextAttemptAt IS NOT NULL) AND status <> 'sending'
       OR (status = 'sent') <> (sentAt IS NOT NULL) OR status = 'sent' AND errorCode IS NOT NULL
       OR status = 'failed' AND errorCode IS NULL OR deliveryId NOT IN (SELECT id FROM deliveries)`,
  )
  expect(contradictions, 'messages that contradict themselves').toEqual([])

  const ended = await sql.all(
    `SELECT d.id, d.status, k.queued, k.sending FROM deliveries d JOIN delivery_counters k ON k.deliveryId = d.id
     WHERE d.status = 'completed' AND (k.queued > 0 OR k.sending > 0) OR (d.status IN ('completed', 'cancelled')) <> (d.finishedAt IS NOT NULL)`,
  )
  expect(ended, 'deliveries that ended too early').toEqual([])
  expect(await sql.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
}
