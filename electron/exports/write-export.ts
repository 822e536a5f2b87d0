import { randomUUID } from 'node:crypto'
import type { ExportEvent, ExportForm, ExportOrder, ExportSubject } from '#shared/contract/exports.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Clock } from '../base/clock.ts'
import type { Store, StoreReads } from '../store/store.ts'
import { clientsTable } from './clients-table.ts'
import { csvChunks } from './csv-bytes.ts'
import { messagesTable } from './messages-table.ts'
import { periodTable } from './period-table.ts'
import { deliveriesTable, resultsTable, timelineTable } from './statistics-tables.ts'
import { type ExportTable, type FileChunk, type Translate, translatorOf } from './table.ts'
import { assertFitsSheet, xlsxChunks } from './xlsx-bytes.ts'

/** The number of unconfirmed chunks that a client may have. */
const maxChunksInFlight = 8
/** The size of a chunk. Each is one message: large enough to be few, small enough not to delay others. */
const chunkBytes = 192 * 1024

export interface Exports {
  /** Starts an export. Throws `NotFoundError`, or `ConflictError` if the table is too large for the format. */
  open(order: ExportOrder): Promise<OpenExport>
  /** Writes a file in chunks. Throws as `open` does. */
  write(order: ExportOrder, signal?: AbortSignal): AsyncGenerator<ExportEvent, void>
  /** Confirms a chunk, so that the export can send the next one. Does nothing if the export has ended. */
  taken(exportId: string): void
}

/** A file that has been started; its content is read from the store while `pages` is consumed. */
interface OpenExport {
  /** The number of rows when the export started. */
  readonly total: number
  readonly pages: AsyncGenerator<FileChunk, void>
}

/** Returns the exports, which keep track of unconfirmed chunks. */
export function createExports(store: Store, clock: Clock): Exports {
  const windows = new Map<string, ChunkWindow>()

  async function open({ subject, ...form }: ExportOrder): Promise<OpenExport> {
    const translate = translatorOf(form.words)
    const table = await tableOf(store.read, clock, subject, translate)
    if (form.format === 'xlsx') assertFitsSheet(table)
    return { total: table.total, pages: inChunks(pagesOf(table, form, translate)) }
  }

  return {
    open,
    async *write(order, signal) {
      const { total, pages } = await open(order)
      const exportId = randomUUID()
      const window = createChunkWindow(order.acknowledges ? maxChunksInFlight : Number.POSITIVE_INFINITY, signal)
      windows.set(exportId, window)
      try {
        yield { kind: 'begun', exportId, total }
        let lines = 0
        for await (const page of pages) {
          await window.ready()
          lines += page.lines
          yield { kind: 'piece', bytes: page.bytes.toString('base64'), lines }
        }
        yield { kind: 'done', lines }
      } finally {
        windows.delete(exportId)
      }
    },
    taken: (exportId) => windows.get(exportId)?.taken(),
  }
}

function tableOf(reads: StoreReads, clock: Clock, subject: ExportSubject, translate: Translate): Promise<ExportTable> {
  switch (subject.kind) {
    case 'clients':
      return clientsTable(reads.clients, subject.selection, subject)
    case 'messages':
      return messagesTable(reads, subject.deliveryId, subject.status, translate)
    case 'deliveries':
      return deliveriesTable(reads.statistics, subject.ids, translate)
    case 'period':
      return periodTable(reads.statistics, subject.period, subject.by, translate)
    case 'results':
      return resultsTable(reads.statistics, subject.deliveryId, clock.now(), translate)
    case 'timeline':
      return timelineTable(reads, subject.deliveryId)
    default:
      return assertNever(subject)
  }
}

function pagesOf(
  table: ExportTable,
  { format, separator, timeZone }: ExportForm,
  translate: Translate,
): AsyncGenerator<FileChunk, void> {
  return format === 'csv'
    ? csvChunks(table, separator === 'comma' ? ',' : ';', translate)
    : xlsxChunks(table, translate, timeZone)
}

/** Returns the same bytes in chunks of equal size, except for the last. */
async function* inChunks(pages: AsyncIterable<FileChunk>): AsyncGenerator<FileChunk, void> {
  let pending: Buffer[] = []
  let [bytes, lines] = [0, 0]
  for await (const page of pages) {
    pending.push(page.bytes)
    bytes += page.bytes.length
    lines += page.lines
    if (bytes < chunkBytes) continue
    const whole = Buffer.concat(pending)
    let begin = 0
    for (; bytes - begin >= chunkBytes; begin += chunkBytes) {
      yield { bytes: whole.subarray(begin, begin + chunkBytes), lines }
      lines = 0
    }
    pending = [whole.subarray(begin)]
    bytes -= begin
  }
  if (bytes > 0 || lines > 0) yield { bytes: Buffer.concat(pending), lines }
}

interface ChunkWindow {
  /** Resolves when another chunk may be sent. Rejects if the client has disconnected. */
  ready(): Promise<void>
  taken(): void
}

function createChunkWindow(size: number, signal: AbortSignal | undefined): ChunkWindow {
  let free = size
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
