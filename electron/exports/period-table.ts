import type { PeriodPart, PeriodReport } from '#shared/contract/reports.ts'
import type { Period } from '#shared/domain/period.ts'
import { messageStatuses } from '#shared/domain/states.ts'
import { periodReport } from '../store/statistics/period-report.ts'
import type { Store } from '../store/store.ts'
import { statusColumns, type Table, type Word } from './table.ts'

const lists = {
  day: 'days',
  operatorCode: 'operatorCodes',
  timeZone: 'timeZones',
  tag: 'tags',
} as const satisfies Record<Exclude<PeriodPart, 'status'>, keyof PeriodReport>

/** The messages of a period by day, code, zone or tag, with a column for each status. */
export async function periodTable(
  store: Pick<Store, 'file'>,
  period: Period & { readonly timeZone?: string | undefined },
  by: PeriodPart,
  word: Word,
): Promise<Table> {
  const report = await periodReport(store, period)
  if (by === 'status') return statusTable(report, word)
  const parts = report[lists[by]]
  return {
    columns: [
      { key: by, kind: 'text', width: 24 },
      { key: 'messages', kind: 'number', width: 12 },
      ...statusColumns(word),
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

function statusTable({ messages }: PeriodReport, word: Word): Table {
  return {
    columns: [
      { key: 'status', kind: 'text', width: 24 },
      { key: 'messages', kind: 'number', width: 12 },
    ],
    total: messageStatuses.length,
    async *pages() {
      yield messageStatuses.map((status) => [word('status', status), messages.byStatus[status]])
    },
  }
}
