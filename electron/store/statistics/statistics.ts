import type { DayStatistics, DetailStatistics, GeneralStatistics } from '#shared/contract/statistics.ts'
import { daysUpTo, localDay } from '#shared/domain/local-day.ts'
import {
  type DeliveryStatus,
  deliveryStatuses,
  type ErrorCode,
  type MessageCounts,
  messageStatuses,
  noMessages,
  totalOf,
} from '#shared/domain/states.ts'
import { toInstant } from '../../base/clock.ts'
import type { ReadContext } from '../contexts.ts'
import { getDelivery } from '../deliveries/deliveries.ts'
import type { TimelinePoint } from '../ports/statistics.ts'
import { lastDueAt } from '../send-queue/message-queue.ts'
import type { ReadSession } from '../sqlite/connection.ts'
import { bucketWidth, fillGaps } from './timeline.ts'

interface ListedDelivery extends MessageCounts {
  readonly id: number
  readonly name: string
  readonly status: DeliveryStatus
  readonly startsAt: number
  readonly endsAt: number
}

/** Everything at a glance, from the counters alone: a million messages cost what their deliveries cost. */
export async function generalStatistics(sql: ReadSession): Promise<GeneralStatistics> {
  const rows = await sql.all<ListedDelivery>(
    `SELECT d.id, d.name, d.status, d.startsAt, d.endsAt, ${messageStatuses.map((status) => `coalesce(k.${status}, 0) AS ${status}`).join(', ')}
     FROM deliveries d LEFT JOIN delivery_counters k ON k.deliveryId = d.id ORDER BY d.id DESC`,
  )
  const deliveries = Object.fromEntries(deliveryStatuses.map((status) => [status, 0])) as Record<DeliveryStatus, number>
  const messages = noMessages()
  for (const row of rows) {
    deliveries[row.status] += 1
    for (const status of messageStatuses) messages[status] += row[status]
  }
  return {
    deliveries: { total: rows.length, byStatus: deliveries },
    messages: { total: totalOf(messages), byStatus: messages },
    results: rows.map((row) => ({
      id: row.id,
      name: row.name,
      status: row.status,
      startsAt: toInstant(row.startsAt),
      endsAt: toInstant(row.endsAt),
      messages: countsOf(row),
    })),
  }
}

const maxDayMs = 25 * 60 * 60 * 1000

/** What came in on each of the last `count` days of a time zone. A day begins with a quarter of an hour everywhere, so its quarters are added up. */
export async function dayStatistics(
  sql: ReadSession,
  { timeZone, count, now }: { readonly timeZone: string; readonly count: number; readonly now: number },
): Promise<DayStatistics> {
  const days = new Map(daysUpTo(localDay(now, timeZone), count).map((day) => [day, { day, sent: 0, failed: 0 }]))
  const quarters = await sql.all<TimelinePoint>(
    'SELECT at, sent, failed FROM results_by_quarter WHERE at BETWEEN ? AND ? AND (sent > 0 OR failed > 0)',
    [now - count * maxDayMs, now],
  )
  for (const { at, sent, failed } of quarters) {
    const day = days.get(localDay(at, timeZone))
    if (day === undefined) continue
    day.sent += sent
    day.failed += failed
  }
  return { days: [...days.values()] }
}

/** One delivery with its errors, the most frequent first, and its results over time. Throws `NotFoundError`. */
export async function detailStatistics(context: ReadContext, id: number, now: number): Promise<DetailStatistics> {
  const { sql } = context
  const delivery = await getDelivery(context, id)
  const errors = await sql.all<{ code: ErrorCode; count: number }>(
    'SELECT code, count FROM delivery_errors WHERE deliveryId = ? ORDER BY count DESC, code',
    [id],
  )
  const points = await timelineOf(sql, id)
  const lastAt = await lastDueAt(sql, id)
  return {
    delivery,
    messages: delivery.messages,
    waitsUntil: lastAt !== null && lastAt > now ? toInstant(lastAt) : null,
    errors,
    timeline: points.map((point) => ({ ...point, at: toInstant(point.at) })),
  }
}

async function timelineOf(sql: ReadSession, deliveryId: number): Promise<TimelinePoint[]> {
  const span = await sql.first<{ firstAt: number | null; lastAt: number | null }>(
    'SELECT min(at) AS firstAt, max(at) AS lastAt FROM delivery_timeline WHERE deliveryId = ?',
    [deliveryId],
  )
  if (span === undefined || span.firstAt === null || span.lastAt === null) return []
  const width = bucketWidth(span.firstAt, span.lastAt)
  // The driver binds large numbers as REAL. The width is in the SQL itself, so that this is an integer division.
  const points = await sql.all<TimelinePoint>(
    `SELECT at / ${width} * ${width} AS at, sum(sent) AS sent, sum(failed) AS failed
     FROM delivery_timeline WHERE deliveryId = ? GROUP BY 1 ORDER BY 1`,
    [deliveryId],
  )
  return fillGaps(points, width)
}

/** Counters with their sum. */
export function countsOf(row: MessageCounts) {
  const counts = noMessages()
  for (const status of messageStatuses) counts[status] = row[status]
  return { total: totalOf(counts), byStatus: counts }
}
