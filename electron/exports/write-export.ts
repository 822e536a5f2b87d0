import { randomUUID } from 'node:crypto'
import type { ExportEvent, ExportForm, ExportOrder, ExportSubject } from '#shared/contract/exports.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Clock } from '../base/clock.ts'
import type { Store } from '../store/store.ts'
import { clientsTable } from './clients-table.ts'
import { csvPages } from './csv-bytes.ts'
import { messagesTable } from './messages-table.ts'
import { periodTable } from './period-table.ts'
import { deliveriesTable, resultsTable, timelineTable } from './statistics-tables.ts'
import { type Table, type Word, wordsFrom } from './table.ts'
import type { Page } from './written-page.ts'
import { refuseBeyondSheet, xlsxPages } from './xlsx-bytes.ts'

/** So many pieces may be on their way to a reader who acknowledges them. */
const maxChunksInFlight = 8
/** Each piece is a message of its own: large enough to be few, and small enough to hold up no other. */
const pieceBytes = 192 * 1024

export interface Exports {
  /** Starts a file. Throws `NotFoundError`, and `ConflictError` when the format cannot hold that many rows. */
  open(order: ExportOrder): Promise<OpenExport>
  /** Writes a file piece by piece. Throws as `open` does. */
  write(order: ExportOrder, signal?: AbortSignal): AsyncGenerator<ExportEvent, void>
  /** Lets the export that waits for its reader continue; does nothing for one that is over. */
  taken(exportId: string): void
}

/** A file that has been started; its content is read from the store while `pages` is consumed. */
interface OpenExport {
  /** The number of rows when the export started. */
  readonly total: number
  readonly pages: AsyncGenerator<Page, void>
}

/** Everything that is written to files. */
export function createExports(store: Store, clock: Clock): Exports {
  const readers = new Map<string, Reader>()

  async function open({ subject, ...form }: ExportOrder): Promise<OpenExport> {
    const word = wordsFrom(form.words)
    const table = await tableOf(store, clock, subject, word)
    if (form.format === 'xlsx') refuseBeyondSheet(table)
    return { total: table.total, pages: inPieces(pagesOf(table, form, word)) }
  }

  return {
    open,
    async *write(order, signal) {
      const { total, pages } = await open(order)
      const exportId = randomUUID()
      const reader = createReader(order.acknowledges ? maxChunksInFlight : Number.POSITIVE_INFINITY, signal)
      readers.set(exportId, reader)
      try {
        yield { kind: 'begun', exportId, total }
        let lines = 0
        for await (const page of pages) {
          await reader.ready()
          lines += page.lines
          yield { kind: 'piece', bytes: page.bytes.toString('base64'), lines }
        }
        yield { kind: 'done', lines }
      } finally {
        readers.delete(exportId)
      }
    },
    taken: (exportId) => readers.get(exportId)?.taken(),
  }
}

function tableOf(store: Store, clock: Clock, subject: ExportSubject, word: Word): Promise<Table> {
  const reading = store.read
  switch (subject.kind) {
    case 'clients':
      return clientsTable(reading, subject.selection, subject)
    case 'messages':
      return messagesTable(reading, subject.deliveryId, subject.status, word)
    case 'deliveries':
      return deliveriesTable(reading, subject.ids, word)
    case 'period':
      return periodTable(store, subject.period, subject.by, word)
    case 'results':
      return resultsTable(reading, subject.deliveryId, clock.now(), word)
    case 'timeline':
      return timelineTable(reading, subject.deliveryId)
    default:
      return assertNever(subject)
  }
}

function pagesOf(table: Table, { format, separator, timeZone }: ExportForm, word: Word): AsyncGenerator<Page, void> {
  return format === 'csv' ? csvPages(table, separator === 'comma' ? ',' : ';', word) : xlsxPages(table, word, timeZone)
}

/** The same bytes in pieces of one size, but for the last. */
async function* inPieces(pages: AsyncIterable<Page>): AsyncGenerator<Page, void> {
  let held: Buffer[] = []
  let [bytes, lines] = [0, 0]
  for await (const page of pages) {
    held.push(page.bytes)
    bytes += page.bytes.length
    lines += page.lines
    if (bytes < pieceBytes) continue
    const whole = Buffer.concat(held)
    let begin = 0
    for (; bytes - begin >= pieceBytes; begin += pieceBytes) {
      yield { bytes: whole.subarray(begin, begin + pieceBytes), lines }
      lines = 0
    }
    held = [whole.subarray(begin)]
    bytes -= begin
  }
  if (bytes > 0 || lines > 0) yield { bytes: Buffer.concat(held), lines }
}

interface Reader {
  /** Resolves when one more piece may go. Rejects when the reader has left. */
  ready(): Promise<void>
  taken(): void
}

function createReader(room: number, signal: AbortSignal | undefined): Reader {
  let free = room
  let wake: (() => void) | undefined
  return {
    async ready() {
      signal?.throwIfAborted()
      while (free === 0) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const leave = () => resolve()
        wake = resolve
        signal?.addEventListener('abort', leave, { once: true })
        await promise
        signal?.removeEventListener('abort', leave)
        signal?.throwIfAborted()
      }
      free -= 1
    },
    taken() {
      free += 1
      wake?.()
    },
  }
}
