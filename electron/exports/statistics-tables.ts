import { messageStatuses, totalOf } from '#shared/domain/states.ts'
import type { StatisticsReads } from '../store/ports/statistics.ts'
import type { StoreReads } from '../store/store.ts'
import { type Cell, type ExportColumn, type ExportTable, maxPageRows, statusColumns, type Translate } from './table.ts'

/** Returns the table of deliveries with their results, newest first. */
export async function deliveriesTable(
  statistics: StatisticsReads,
  ids: readonly number[] | undefined,
  translate: Translate,
): Promise<ExportTable> {
  return {
    columns: [
      { key: 'id', kind: 'number', width: 10 },
      { key: 'name', kind: 'text', width: 32 },
      { key: 'status', kind: 'text', width: 14 },
      ...(['startsAt', 'startedAt', 'finishedAt', 'endsAt'] as const).map(
        (key): ExportColumn => ({ key, kind: 'instant' }),
      ),
      { key: 'messages', kind: 'number', width: 12 },
      ...statusColumns(translate),
    ],
    total: await statistics.countDeliveries(ids),
    async *pages() {
      let belowId: number | null = null
      for (;;) {
        const rows = await statistics.deliveriesBelow(ids, belowId, maxPageRows)
        yield rows.map((row) => [
          row.id,
          row.name,
          translate('deliveryStatus', row.status),
          row.startsAt,
          row.startedAt,
          row.finishedAt,
          row.endsAt,
          totalOf(row),
          ...messageStatuses.map((status) => row[status]),
        ])
        if (rows.length < maxPageRows) return
        belowId = rows.at(-1)?.id ?? 0
      }
    },
  }
}

/** Returns the table of a delivery's results: messages by status, then failed attempts by error. Throws `NotFoundError`. */
export async function resultsTable(
  statistics: StatisticsReads,
  deliveryId: number,
  now: number,
  translate: Translate,
): Promise<ExportTable> {
  const { messages, errors } = await statistics.ofDelivery(deliveryId, now)
  const lines: Cell[][] = [
    ...messageStatuses.map((status) => [
      translate('column', 'messages'),
      translate('status', status),
      messages.byStatus[status],
    ]),
    ...errors.map(({ code, count }) => [translate('column', 'failedAttempts'), translate('error', code), count]),
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

/** Returns the table of a delivery's results per second. Throws `NotFoundError`. */
export async function timelineTable({ deliveries, statistics }: StoreReads, deliveryId: number): Promise<ExportTable> {
  await deliveries.get(deliveryId)
  return {
    columns: [
      { key: 'at', kind: 'instant' },
      { key: 'sent', kind: 'number', width: 12 },
      { key: 'failed', kind: 'number', width: 12 },
    ],
    total: await statistics.countSeconds(deliveryId),
    async *pages() {
      let afterAt = 0
      for (;;) {
        const points = await statistics.secondsAfter(deliveryId, afterAt, maxPageRows)
        yield points.map(({ at, sent, failed }) => [at, sent, failed])
        if (points.length < maxPageRows) return
        afterAt = points.at(-1)?.at ?? 0
      }
    },
  }
}
