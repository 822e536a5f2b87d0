import { messageStatuses, totalOf } from '#shared/domain/states.ts'
import { deliveryRow } from '../store/deliveries/deliveries.ts'
import {
  countDeliveries,
  countedDeliveriesBelow,
  countSeconds,
  secondsAfter,
} from '../store/statistics/export-statistics.ts'
import { detailStatistics } from '../store/statistics/statistics.ts'
import type { Reading } from '../store/store.ts'
import { type Cell, type Column, pageLines, statusColumns, type Table, type Word } from './table.ts'

/** The general statistics: what became of every delivery, the newest first. */
export async function deliveriesTable(
  reading: Reading,
  ids: readonly number[] | undefined,
  word: Word,
): Promise<Table> {
  return {
    columns: [
      { key: 'id', kind: 'number', width: 10 },
      { key: 'name', kind: 'text', width: 32 },
      { key: 'status', kind: 'text', width: 14 },
      ...(['startsAt', 'startedAt', 'finishedAt', 'endsAt'] as const).map((key): Column => ({ key, kind: 'instant' })),
      { key: 'messages', kind: 'number', width: 12 },
      ...statusColumns(word),
    ],
    total: await countDeliveries(reading, ids),
    async *pages() {
      let belowId: number | null = null
      for (;;) {
        const rows = await countedDeliveriesBelow(reading, ids, belowId, pageLines)
        yield rows.map((row) => [
          row.id,
          row.name,
          word('deliveryStatus', row.status),
          row.startsAt,
          row.startedAt,
          row.finishedAt,
          row.endsAt,
          totalOf(row),
          ...messageStatuses.map((status) => row[status]),
        ])
        if (rows.length < pageLines) return
        belowId = rows.at(-1)?.id ?? 0
      }
    },
  }
}

/** What a delivery came to: messages by status, then failed attempts by error. Throws `NotFoundError`. */
export async function resultsTable(reading: Reading, deliveryId: number, now: number, word: Word): Promise<Table> {
  const { messages, errors } = await detailStatistics(reading, deliveryId, now)
  const lines: Cell[][] = [
    ...messageStatuses.map((status) => [word('column', 'messages'), word('status', status), messages.byStatus[status]]),
    ...errors.map(({ code, count }) => [word('column', 'failedAttempts'), word('error', code), count]),
  ]
  return {
    columns: [
      { key: 'counted', kind: 'text', width: 22 },
      { key: 'result', kind: 'text', width: 32 },
      { key: 'count', kind: 'number', width: 12 },
    ],
    total: lines.length,
    async *pages() {
      yield lines
    },
  }
}

/** A delivery's results second by second. Throws `NotFoundError`. */
export async function timelineTable(reading: Reading, deliveryId: number): Promise<Table> {
  await deliveryRow(reading, deliveryId)
  return {
    columns: [
      { key: 'at', kind: 'instant' },
      { key: 'sent', kind: 'number', width: 12 },
      { key: 'failed', kind: 'number', width: 12 },
    ],
    total: await countSeconds(reading, deliveryId),
    async *pages() {
      let afterAt = 0
      for (;;) {
        const points = await secondsAfter(reading, deliveryId, afterAt, pageLines)
        yield points.map(({ at, sent, failed }) => [at, sent, failed])
        if (points.length < pageLines) return
        afterAt = points.at(-1)?.at ?? 0
      }
    },
  }
}
