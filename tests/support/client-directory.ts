import { expect } from 'vitest'
import type { ImportEvent, OnKnown, WholeImportReport } from '#shared/contract/import.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import type { Delimiter, Encoding } from '#shared/domain/table-file.ts'
import { phoneNumber } from './factories.ts'
import { settableClock } from './settable-clock.ts'
import { storeApi } from './store-api.ts'
import { openTestStore } from './test-store.ts'

export type CsvContent = string | Uint8Array<ArrayBuffer>

export function csvFile(content: CsvContent): File {
  return new File([content], 'clients.csv', { type: 'text/csv' })
}

/** Returns a CSV file with this many rows, and its header. */
export function csvOfClients(count: number): string {
  const lines = Array.from({ length: count }, (_, n) => `${phoneNumber(n)},Client ${n},all;${n % 7}`)
  return ['phone,name,tags', ...lines].join('\n')
}

interface ImportOptions {
  columns?: ColumnMeaning[] | undefined
  onKnown?: OnKnown
  dryRun?: boolean
  sheet?: string
  encoding?: Encoding
  delimiter?: Delimiter
}

/** Opens an empty directory, with functions that import a file and return the first thousand clients. */
export async function clientDirectory(clock = settableClock()) {
  const store = await openTestStore(clock.now)
  const called = storeApi(store, clock)
  async function importCsv(content: CsvContent, options: ImportOptions = {}) {
    const events: ImportEvent[] = []
    for await (const event of await called.client.clients.import({ csv: csvFile(content), ...options }))
      events.push(event)
    return { events, report: reportOf(events) }
  }
  const everybody = async () => (await called.client.clients.page({ limit: 1000 })).results
  return { store, importCsv, everybody, ...called }
}

function reportOf(events: readonly ImportEvent[]): WholeImportReport {
  const last = events.at(-1)
  if (last?.kind !== 'report') throw new Error('the import ended without a report')
  const { total, created, updated, skipped, refused } = last.report
  const refusals = events.flatMap((event) => (event.kind === 'refusals' ? event.refusals : []))
  expect(created + updated + skipped + refused).toBe(total)
  expect(refusals).toHaveLength(refused)
  return { ...last.report, refusals }
}
