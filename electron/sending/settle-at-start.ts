import type { InterruptedPolicy } from '#shared/contract/gateway.ts'
import type { ActivityEvent } from '../base/trace-line.ts'
import { activityStatements } from '../store/journal/activity.ts'
import { moveEvents } from '../store/send-queue/moved-messages.ts'
import { type SettledOrphans, settleOrphans } from '../store/send-queue/orphans.ts'
import type { WriteSession } from '../store/sqlite/connection.ts'

/** Settles what a dead process left in flight, and keeps the story of it. Statements left in `last` travel with the commit. */
export async function settleAtStart(
  sql: WriteSession,
  interrupted: InterruptedPolicy,
  now: number,
  last: string[],
): Promise<{ readonly settled: readonly SettledOrphans[]; readonly news: readonly ActivityEvent[] }> {
  const settled = await settleOrphans(sql, interrupted, now)
  const news = settled.flatMap(({ deliveryId, moved, status }) =>
    moveEvents(deliveryId, moved, status, { was: 'sending', because: 'interrupted' }),
  )
  last.push(...activityStatements(news, now))
  return { settled, news }
}
