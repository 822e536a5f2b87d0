import type { RefusedLine } from '#shared/contract/clients.ts'
import type { ImportEvent, OnKnown } from '#shared/contract/import.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import type { Clock } from '../../base/clock.ts'
import type { JobFiles } from '../../scheduler/workers.ts'
import type { Store } from '../../store/store.ts'
import { everyMs } from '../every-ms.ts'
import { readLines, type Table } from './read-lines.ts'
import type { ImportRow } from './read-row.ts'
import { rememberColumns } from './remembered-columns.ts'
import { type Taking, takeForGood, takeForShow } from './take-rows.ts'

/** One transaction of an import: short enough that the sender, who waits for it, does not notice. */
const chunkRows = 4000
const progressEveryMs = 200
const tellEveryMs = 500
/** So many refused lines are told at a time. */
const refusalsAtOnce = 500

export interface ImportOrder extends Table {
  readonly onKnown: OnKnown
  readonly dryRun: boolean
}

export interface ImportParts {
  readonly store: Store
  readonly clock: Clock
  readonly jobs: JobFiles
  /** The operator wants it to end. */
  readonly stopped: AbortSignal
  /** Nobody listens any more. */
  readonly left?: AbortSignal | undefined
  /** Hears that clients have changed and how many messages were cancelled since, at most twice a second, and once at the end. */
  readonly onTaken: (cancelledMessages: number) => void
}

type Counts = Record<'total' | 'created' | 'updated' | 'skipped' | 'refused' | 'repeated', number>

/**
 * Reads a table into the directory, all of it or nothing: what was taken before it broke off, for whatever reason, is given back.
 * Yields progress and refusals, then the report. Throws `InvalidInputError` when the file as a whole cannot be read.
 */
export async function* importClients(order: ImportOrder, parts: ImportParts): AsyncGenerator<ImportEvent, void> {
  const { csv, dryRun } = order
  const { store, clock, stopped } = parts
  const rules = { onKnown: order.onKnown, timeZone: machineTimeZone() }
  const taking = dryRun ? await takeForShow(store, rules) : takeForGood(store, clock, rules)
  const counts: Counts = { total: 0, created: 0, updated: 0, skipped: 0, refused: 0, repeated: 0 }
  const onTaken = dryRun ? () => undefined : parts.onTaken
  let isSettled = false
  try {
    const header = yield* takeAll(order, { ...parts, onTaken }, taking, counts)
    await taking.finish(counts.created + counts.updated)
    isSettled = true
    if (order.columns !== undefined && !dryRun) await rememberColumns(store, header, order.columns)
    if (counts.created + counts.updated > 0) onTaken(0)
    yield { kind: 'progress', bytesRead: csv.size, bytesTotal: csv.size, rows: counts.total }
    yield { kind: 'report', report: { ...counts, dryRun } }
  } catch (error) {
    if (isSettled || !stopped.aborted) throw error
    yield* giveBack(taking, counts, onTaken)
    isSettled = true
    yield { kind: 'cancelled', rows: counts.total }
  } finally {
    // What cannot be given back now stays written down, and is before the next import or at the next start.
    if (!isSettled) await drain(giveBack(taking, counts, onTaken)).catch(() => undefined)
  }
}

/** Takes every line, and gives back the header. Throws when it is stopped or left. */
async function* takeAll(
  order: ImportOrder,
  { clock, jobs, stopped, left, onTaken }: ImportParts,
  taking: Taking,
  counts: Counts,
): AsyncGenerator<ImportEvent, readonly string[]> {
  const isProgressDue = everyMs(clock, progressEveryMs)
  const isTellingDue = everyMs(clock, tellEveryMs)
  const ending = left === undefined ? stopped : AbortSignal.any([stopped, left])
  // As numbers, which weigh less than texts: files have millions of lines.
  const phones = new Set<number>()
  const waiting: ImportRow[] = []
  const untold: RefusedLine[] = []
  let header: readonly string[] = []

  async function take(rows: readonly ImportRow[]): Promise<void> {
    const taken = await taking.take(rows)
    counts.created += taken.created
    counts.updated += taken.updated
    counts.skipped += taken.skipped
    if (taken.created + taken.updated > 0 && isTellingDue()) onTaken(0)
  }

  // The store takes one chunk while the next is being read.
  let inHand = Promise.resolve()
  async function takeNext(rows: readonly ImportRow[]): Promise<void> {
    await inHand
    ending.throwIfAborted()
    inHand = take(rows)
    // Whoever waits for it next is told; until then the failure has nobody to go to.
    inHand.catch(() => undefined)
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
      while (waiting.length >= chunkRows) await takeNext(waiting.splice(0, chunkRows))
      for (const refusal of refusals) untold.push(refusal)
      while (untold.length >= refusalsAtOnce) yield { kind: 'refusals', refusals: untold.splice(0, refusalsAtOnce) }
      if (isProgressDue()) yield { kind: 'progress', bytesRead, bytesTotal: order.csv.size, rows: counts.total }
    }
    if (waiting.length > 0) await takeNext(waiting)
    await inHand
    ending.throwIfAborted()
    if (untold.length > 0) yield { kind: 'refusals', refusals: untold }
    return header
  } finally {
    await inHand.catch(() => undefined)
  }
}

/** Leaves the directory as it was, and tells how many lines are still to go. */
async function* giveBack(
  taking: Taking,
  counts: Counts,
  onTaken: (cancelledMessages: number) => void,
): AsyncGenerator<ImportEvent, void> {
  let rows = counts.created + counts.updated
  for (let piece = await taking.undoImportChunk(); piece !== null; piece = await taking.undoImportChunk()) {
    rows = Math.max(0, rows - piece.clients)
    onTaken(piece.cancelledMessages)
    yield { kind: 'undoing', rows }
  }
}

async function drain(events: AsyncIterable<ImportEvent>): Promise<void> {
  for await (const _ of events);
}
