import type { ImportEvent, ImportReport, Refusal } from '#shared/contract/clients.ts'
import { guessDelimiter } from '#shared/domain/csv-delimiter.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import type { Clock } from '../../clock.ts'
import { addTags, findClientsByPhone, insertClients, updateClients } from '../../store/client-import.ts'
import { InvalidInputError } from '../../store/errors.ts'
import type { Store } from '../../store/store.ts'
import { everyMs } from '../every-ms.ts'
import { type ColumnPlan, planColumns } from './column-plan.ts'
import { type CsvRow, createRowReader, type RowReader } from './csv-rows.ts'
import { encodingOf, textOf } from './csv-text.ts'
import { type MergeRules, mergeRows } from './merge-rows.ts'
import { type ImportRow, readRow } from './read-row.ts'

/** One transaction of an import: short enough that the sender, who waits for it, does not notice. */
const chunkRows = 4000
const progressEveryMs = 200
const tellEveryMs = 500

export interface ImportOrder {
  readonly csv: Blob
  /** One meaning per column; guessed from the header when left out. */
  readonly columns?: readonly ColumnMeaning[] | undefined
  readonly onKnown: 'update' | 'skip'
  readonly store: Store
  readonly clock: Clock
  /** Ends the import after the chunk in hand. */
  readonly signal?: AbortSignal | undefined
  /** Hears that clients have changed, at most twice a second, and once at the end. */
  readonly onTaken: () => void
}

/**
 * Reads a CSV file into the directory. Yields progress, then the report. What was taken before it broke off stays.
 * Throws `InvalidInputError` when the file as a whole cannot be read.
 */
export async function* importClients(order: ImportOrder): AsyncGenerator<ImportEvent, void> {
  const { csv, clock, signal, onTaken } = order
  const counts = { total: 0, created: 0, updated: 0, skipped: 0 }
  const refusals: Refusal[] = []
  const rules: MergeRules = { onKnown: order.onKnown, timeZone: machineTimeZone() }
  const isProgressDue = everyMs(clock, progressEveryMs)
  const isTellingDue = everyMs(clock, tellEveryMs)

  async function take(rows: readonly ImportRow[]): Promise<void> {
    if (rows.length === 0) return
    const taken = await writeChunk(order.store, rows, rules, clock.now())
    counts.created += taken.created
    counts.updated += taken.updated
    counts.skipped += taken.skipped
    if (isTellingDue()) onTaken()
  }

  // The store takes one chunk while the next is being read.
  let inHand = Promise.resolve()
  async function takeNext(rows: readonly ImportRow[]): Promise<void> {
    await inHand
    signal?.throwIfAborted()
    inHand = take(rows)
    // Whoever waits for it next is told; until then the failure has nobody to go to.
    inHand.catch(() => undefined)
  }

  try {
    let waiting: ImportRow[] = []
    for await (const { rows, bytesRead } of rowsOf(order)) {
      for (const reading of rows) {
        if (reading.kind === 'blank') continue
        counts.total += 1
        if (reading.kind === 'refused') refusals.push(reading.refusal)
        else waiting.push(reading.row)
      }
      while (waiting.length >= chunkRows) {
        await takeNext(waiting.slice(0, chunkRows))
        waiting = waiting.slice(chunkRows)
      }
      if (isProgressDue()) yield { kind: 'progress', bytesRead, bytesTotal: csv.size, rows: counts.total }
    }
    await takeNext(waiting)
    await inHand
  } finally {
    await inHand.catch(() => undefined)
    if (counts.created + counts.updated > 0) onTaken()
  }
  yield { kind: 'progress', bytesRead: csv.size, bytesTotal: csv.size, rows: counts.total }
  const report: ImportReport = { ...counts, refused: refusals.length, refusals }
  yield { kind: 'report', report }
}

/** Brings one chunk into the directory, whole or not at all. */
function writeChunk(store: Store, rows: readonly ImportRow[], rules: MergeRules, now: number) {
  return store.write(async ({ sql }) => {
    const known = await findClientsByPhone(sql, [...new Set(rows.map((row) => row.phone))])
    const { created, changed, counts } = mergeRows(rows, known, rules)
    const ids = await insertClients(sql, created, now)
    await updateClients(sql, changed, now)
    await addTags(sql, [
      ...created.map((draft, index) => ({ clientId: ids[index] ?? 0, tags: draft.addedTags })),
      ...changed.map((draft) => ({ clientId: draft.id, tags: draft.addedTags })),
    ])
    return counts
  })
}

/** The lines of the file below its header, read as its columns are meant. */
async function* rowsOf({ csv, columns, signal }: ImportOrder) {
  let reader: RowReader | undefined
  let plan: ColumnPlan | undefined
  const encoding = await encodingOf(csv, signal)
  for await (const { text, bytesRead, isLast } of textOf(csv, encoding, signal)) {
    reader ??= createRowReader(guessDelimiter(text))
    const rows = reader.read(text, isLast)
    if (plan === undefined) {
      const start = rows.findIndex((row) => row.cells.some((cell) => cell.trim() !== ''))
      const header = rows.splice(0, start === -1 ? rows.length : start + 1).at(-1)
      if (start !== -1 && header !== undefined) plan = planHeader(header, columns)
    }
    const known = plan
    yield { bytesRead, rows: known === undefined ? [] : rows.map((row) => readRow(row, known)) }
  }
  if (plan === undefined)
    throw new InvalidInputError([
      { path: 'csv', message: 'the file is empty: it needs a first line with the titles of its columns' },
    ])
}

function planHeader(header: CsvRow, columns: readonly ColumnMeaning[] | undefined): ColumnPlan {
  if (!header.broken) return planColumns(header.cells, columns)
  throw new InvalidInputError([{ path: 'csv', message: 'the first line cannot be read: is this a CSV file?' }])
}
