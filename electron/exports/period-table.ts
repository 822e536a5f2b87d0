import type { PeriodPart, PeriodReport } from '#shared/contract/reports.ts'
import type { Period } from '#shared/domain/period.ts'
import { messageStatuses } from '#shared/domain/states.ts'
import type { StatisticsReads } from '../store/ports/statistics.ts'
import { type ExportTable, statusColumns, type Translate } from './table.ts'

const lists = {
  day: 'days',
  operatorCode: 'operatorCodes',
  timeZone: 'timeZones',
  tag: 'tags',
} as const satisfies Record<Exclude<PeriodPart, 'status'>, keyof PeriodReport>

/** Returns the table of a period's messages by day, operator code, time zone or tag, with a column per status. */
export async function periodTable(
  statistics: StatisticsReads,
  period: Period & { readonly timeZone?: string | undefined },
  by: PeriodPart,
  translate: Translate,
): Promise<ExportTable> {
  const report = await statistics.ofPeriod(period)
  if (by === 'status') return statusTable(report, translate)
  const parts = report[lists[by]]
  return {
    columns: [
      { key: by, kind: 'text', width: 24 },
      { key: 'messages', kind: 'number', width: 12 },
      ...statusColumns(translate),
    ],
    total: parts.length,
    async *pages() {
      yield parts.map(({ value, messages: { total, byStatus } }) => [
        value,
        total,
        ...messageStatuses.map((status) => byStatus[status]),
      ])
    },
  }
}

function statusTable({ messages }: PeriodReport, translate: Translate): ExportTable {
  return {
    columns: [
      { key: 'status', kind: 'text', width: 24 },
      { key: 'messages', kind: 'number', width: 12 },
    ],
    total: messageStatuses.length,
    async *pages() {
      yield messageStatuses.map((status) => [translate('status', status), messages.byStatus[status]])
    },
  }
}
