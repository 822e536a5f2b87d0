import type { PeriodReport } from '#shared/contract/reports.ts'
import { localDay } from '#shared/domain/local-day.ts'
import { daysOf, instantsOf, type Period } from '#shared/domain/period.ts'
import { type MessageStatus, messageStatuses, noMessages } from '#shared/domain/states.ts'
import { machineTimeZone, quarterMs } from '#shared/domain/time-zone.ts'
import { openSession, type ReadSession } from '../sqlite/connection.ts'
import { countsOf } from './statistics.ts'

interface Counted {
  readonly value: string | null
  readonly status: MessageStatus
  readonly messages: number
}

/** One report at a time: each reads every message of its period, and the driver's threads have other work. */
let lastReport: Promise<unknown> = Promise.resolve()

/** Returns the results of a period's messages, read on a separate connection. `signal` stops it between two queries. */
export function periodReport(
  file: string,
  { timeZone = machineTimeZone(), ...days }: Period & { readonly timeZone?: string | undefined },
  signal?: AbortSignal,
): Promise<PeriodReport> {
  const report = lastReport.then(async () => {
    signal?.throwIfAborted()
    const sql = await openSession(file)
    try {
      return await readReport(sql, { ...days, timeZone }, signal)
    } finally {
      await sql.close()
    }
  })
  lastReport = report.catch(() => undefined)
  return report
}

async function readReport(
  sql: ReadSession,
  period: Period & { readonly timeZone: string },
  signal: AbortSignal | undefined,
): Promise<PeriodReport> {
  const { from, to } = instantsOf(period, period.timeZone)
  const ranges = await sql.all<{ id: number; firstId: number; lastId: number }>(
    `SELECT id, firstMessageId AS firstId, lastMessageId AS lastId FROM deliveries
     WHERE firstMessageId IS NOT NULL AND startedAt < ? AND (finishedAt IS NULL OR finishedAt >= ?)`,
    [to, from],
  )
  const values = [JSON.stringify(ranges.map(({ id, firstId, lastId }) => [firstId, lastId, id])), from, to]
  const counted = async (value: string, joins: string) => {
    signal?.throwIfAborted()
    return sql.all<Counted>(
      `SELECT ${value} AS value, m.status, count(*) AS messages
       FROM json_each(?) given CROSS JOIN messages m ON m.id BETWEEN given.value ->> 0 AND given.value ->> 1
         AND m.deliveryId = given.value ->> 2 ${joins}
       WHERE coalesce(m.sentAt, m.createdAt) >= ? AND coalesce(m.sentAt, m.createdAt) < ? GROUP BY 1, 2`,
      values,
    )
  }
  const quarters = await counted(`coalesce(m.sentAt, m.createdAt) / ${quarterMs}`, '')
  const days = gathered(
    quarters.map((row) => ({ ...row, value: localDay(Number(row.value) * quarterMs, period.timeZone) })),
  )
  const client = 'LEFT JOIN clients c ON c.id = m.clientId'
  const operatorCodes = await counted('coalesce(c.operatorCode, substr(m.phone, 2, 3))', client)
  const timeZones = await counted('c.timeZone', client)
  const tags = await counted(
    't.name',
    'LEFT JOIN client_tags ct ON ct.clientId = m.clientId LEFT JOIN tags t ON t.id = ct.tagId',
  )
  return {
    messages: totalsOf(days.values()),
    days: daysOf(period).map((day) => ({ value: day, messages: countsOf(days.get(day) ?? noMessages()) })),
    operatorCodes: ranked(operatorCodes),
    timeZones: ranked(timeZones),
    tags: ranked(tags),
  }
}

type Counts = ReturnType<typeof noMessages>

function gathered(rows: readonly Counted[]): Map<string | null, Counts> {
  const parts = new Map<string | null, Counts>()
  for (const { value, status, messages } of rows) {
    const counts = parts.get(value) ?? noMessages()
    counts[status] += messages
    parts.set(value, counts)
  }
  return parts
}

/** The most frequent value first, no value last. */
function ranked(rows: readonly Counted[]): PeriodReport['tags'] {
  return [...gathered(rows)]
    .map(([value, counts]) => ({ value, messages: countsOf(counts) }))
    .sort(
      (one, other) =>
        Number(one.value === null) - Number(other.value === null) ||
        other.messages.total - one.messages.total ||
        String(one.value).localeCompare(String(other.value)),
    )
}

function totalsOf(parts: Iterable<Counts>) {
  const sum = noMessages()
  for (const counts of parts) for (const status of messageStatuses) sum[status] += counts[status]
  return countsOf(sum)
}
