import type { RefusedLine } from '#shared/contract/clients.ts'
import type { ImportEvent, OnKnown } from '#shared/contract/import.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import type { Clock } from '../../base/clock.ts'
import type { JobFiles } from '../../scheduler/workers.ts'
import type { Store } from '../../store/store.ts'
import { everyMs } from '../every-ms.ts'
import { applyRows, previewRows, type RowTarget } from './apply-rows.ts'
import { readLines, type Table } from './read-lines.ts'
import type { ImportRow } from './read-row.ts'
import { rememberColumns } from './remembered-columns.ts'

/** One transaction of an import: short enough for the sender, which waits for it. */
const chunkRows = 4000
const progressEveryMs = 200
const notifyEveryMs = 500
/** The maximum of refused rows in one event. */
const refusalsAtOnce = 500

export interface ImportOrder extends Table {
  readonly onKnown: OnKnown
  readonly dryRun: boolean
}

export interface ImportParts {
  readonly store: Store
  readonly clock: Clock
  readonly jobs: JobFiles
  /** Aborts when the user stops the import. */
  readonly stopped: AbortSignal
  /** Aborts when the caller stops listening. */
  readonly left?: AbortSignal | undefined
  /** Called after clients changed, with the messages cancelled since the last call: at most twice a second, and at the end. */
  readonly onChanged: (cancelledMessages: number) => void
}

type Counts = Record<'total' | 'created' | 'updated' | 'skipped' | 'refused' | 'repeated', number>

/**
 * Imports a table into the directory, all of it or nothing: when it ends early, what it changed is undone.
 * Yields progress and refusals, then the report. Throws `InvalidInputError` when the file as a whole cannot be read.
 */
export async function* importClients(order: ImportOrder, parts: ImportParts): AsyncGenerator<ImportEvent, void> {
  const { csv, dryRun } = order
  const { store, clock, stopped } = parts
  const rules = { onKnown: order.onKnown, timeZone: machineTimeZone() }
  const target = dryRun ? await previewRows(store, rules) : applyRows(store, clock, rules)
  const counts: Counts = { total: 0, created: 0, updated: 0, skipped: 0, refused: 0, repeated: 0 }
  const onChanged = dryRun ? () => undefined : parts.onChanged
  let isSettled = false
  try {
    const header = yield* applyAll(order, { ...parts, onChanged }, target, counts)
    await target.finish(counts.created + counts.updated)
    isSettled = true
    if (order.columns !== undefined && !dryRun) await rememberColumns(store, header, order.columns)
    if (counts.created + counts.updated > 0) onChanged(0)
    yield { kind: 'progress', bytesRead: csv.size, bytesTotal: csv.size, rows: counts.total }
    yield { kind: 'report', report: { ...counts, dryRun } }
  } catch (error) {
    if (isSettled || !stopped.aborted) throw error
    yield* undoAll(target, counts, onChanged)
    isSettled = true
    yield { kind: 'cancelled', rows: counts.total }
  } finally {
    // What cannot be undone now stays recorded; the next import or the next start undoes it.
    if (!isSettled) await drain(undoAll(target, counts, onChanged)).catch(() => undefined)
  }
}

/** Applies every row and returns the header. Throws if the user stops it or the caller disconnects. */
async function* applyAll(
  order: ImportOrder,
  { clock, jobs, stopped, left, onChanged }: ImportParts,
  target: RowTarget,
  counts: Counts,
): AsyncGenerator<ImportEvent, readonly string[]> {
  const isProgressDue = everyMs(clock, progressEveryMs)
  const isNotificationDue = everyMs(clock, notifyEveryMs)
  const ending = left === undefined ? stopped : AbortSignal.any([stopped, left])
  // As numbers, which need less memory than strings: files have millions of rows.
  const phones = new Set<number>()
  const waiting: ImportRow[] = []
  const unreported: RefusedLine[] = []
  let header: readonly string[] = []

  async function applyChunk(rows: readonly ImportRow[]): Promise<void> {
    const applied = await target.apply(rows)
    counts.created += applied.created
    counts.updated += applied.updated
    counts.skipped += applied.skipped
    if (applied.created + applied.updated > 0 && isNotificationDue()) onChanged(0)
  }

  // The store writes one chunk while the next is being read.
  let lastChunk = Promise.resolve()
  async function applyNext(rows: readonly ImportRow[]): Promise<void> {
    await lastChunk
    ending.throwIfAborted()
    lastChunk = applyChunk(rows)
    // The next wait for it throws; until then nothing handles the failure.
    lastChunk.catch(() => undefined)
  }

  try {
    for await (const piece of readLines(order, jobs, ending)) {
      const { rows, refusals, bytesRead } = piece
      header = piece.header
      counts.total += rows.length + refusals.length
      counts.refused += refusals.length
      for (const row of rows) {
        const phone = Number(row.phone)
        if (phones.has(phone)) counts.repeated += 1
        phones.add(phone)
        waiting.push(row)
      }
      while (waiting.length >= chunkRows) await applyNext(waiting.splice(0, chunkRows))
      for (const refusal of refusals) unreported.push(refusal)
      while (unreported.length >= refusalsAtOnce)
        yield { kind: 'refusals', refusals: unreported.splice(0, refusalsAtOnce) }
      if (isProgressDue()) yield { kind: 'progress', bytesRead, bytesTotal: order.csv.size, rows: counts.total }
    }
    if (waiting.length > 0) await applyNext(waiting)
    await lastChunk
    ending.throwIfAborted()
    if (unreported.length > 0) yield { kind: 'refusals', refusals: unreported }
    return header
  } finally {
    await lastChunk.catch(() => undefined)
  }
}

/** Undoes all applied rows. Yields how many are left. */
async function* undoAll(
  target: RowTarget,
  counts: Counts,
  onChanged: (cancelledMessages: number) => void,
): AsyncGenerator<ImportEvent, void> {
  let rows = counts.created + counts.updated
  for (let chunk = await target.undoChunk(); chunk !== null; chunk = await target.undoChunk()) {
    rows = Math.max(0, rows - chunk.clients)
    onChanged(chunk.cancelledMessages)
    yield { kind: 'undoing', rows }
  }
}

async function drain(events: AsyncIterable<ImportEvent>): Promise<void> {
  for await (const _ of events);
}
