import type { ActivityEvent } from '../../base/trace-line.ts'
import type { GatewayFault } from '../ports/send-queue.ts'
import type { WriteSession } from '../sqlite/connection.ts'
import { jsonLiteral } from '../sqlite/json-literal.ts'
import { moveCounters } from './counters.ts'
import { timelineStatements } from './message-results.ts'
import { moveEvents } from './moved-messages.ts'

/**
 * Refunds the attempts that these faults cost: what is queued is due at once, and what had used up its last attempt is
 * queued again while its delivery is active. Runs inside the caller's transaction, after they are recorded.
 * Returns what happened.
 */
export async function refundAttempts(
  sql: WriteSession,
  faults: readonly GatewayFault[],
  now: number,
): Promise<ActivityEvent[]> {
  const requests = jsonLiteral(faults.map(({ messageId, startedAt }) => [messageId, startedAt]))
  await sql.exec(
    `UPDATE attempts SET counted = 0 WHERE id IN
       (SELECT a.id FROM json_each(${requests}) r CROSS JOIN attempts a ON a.messageId = r.value ->> 0 AND a.startedAt = r.value ->> 1)`,
  )
  const counts = [...Map.groupBy(faults, (fault) => fault.messageId)].map(([id, group]) => [id, group.length])
  await sql.exec(
    `UPDATE messages SET attempts = MAX(0, attempts - (r.value ->> 1)),
       nextAttemptAt = CASE status WHEN 'queued' THEN MIN(nextAttemptAt, ${now}) ELSE nextAttemptAt END
     FROM json_each(${jsonLiteral(counts)}) r WHERE messages.id = r.value ->> 0`,
  )
  const revived = await sql.all<{ id: number; deliveryId: number; clientId: number | null }>(
    `UPDATE messages SET status = 'queued', nextAttemptAt = ?1 WHERE id IN (SELECT value ->> 0 FROM json_each(?2)) AND status = 'failed'
       AND deliveryId IN (SELECT id FROM deliveries WHERE status IN ('running', 'paused', 'completed') AND endsAt > ?1)
     RETURNING id, deliveryId, clientId`,
    [now, JSON.stringify(counts)],
  )
  const events: ActivityEvent[] = []
  for (const [deliveryId, named] of Map.groupBy(revived, (message) => message.deliveryId)) {
    const count = named.length
    await moveCounters(sql, deliveryId, { failed: -count, queued: count })
    for (const statement of timelineStatements(deliveryId, { retried: count }, now)) await sql.exec(statement)
    await sql.run(
      `UPDATE deliveries SET status = 'running', finishedAt = NULL, updatedAt = ? WHERE id = ? AND status = 'completed'`,
      [now, deliveryId],
    )
    events.push(...moveEvents(deliveryId, { count, named }, 'queued', { was: 'failed', because: 'outage' }))
  }
  return events
}
