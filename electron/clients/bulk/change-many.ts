import type { BulkChange, BulkEvent, Selection } from '#shared/contract/bulk-changes.ts'
import type { Clock } from '../../base/clock.ts'
import {
  beginBulkChange,
  changePiece,
  forgetBulkChange,
  outdatedBulkChange,
  readBulkChange,
  undoBulkChunk,
} from '../../store/clients/bulk-changes.ts'
import { countClients, lastClientId, nextClientIds } from '../../store/clients/client-list.ts'
import type { Store } from '../../store/store.ts'
import { everyMs } from '../every-ms.ts'

/** One transaction: short enough that the sender, who waits for it, does not notice. */
const pieceClients = 2000
const progressEveryMs = 200
const tellEveryMs = 500

export interface ChangeManyParts {
  readonly store: Store
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  /** Hears that clients have changed and how many messages were cancelled since, at most twice a second, and once at the end. */
  readonly onTaken: (cancelledMessages: number) => void
}

/** Changes many clients piece by piece. What was changed before it broke off stays, and can be undone. */
export async function* changeMany(
  parts: ChangeManyParts,
  selection: Selection,
  change: BulkChange,
): AsyncGenerator<BulkEvent, void> {
  const { store, clock } = parts
  const total = await sizeOf(store, selection)
  const undoId = await store.write((writing) => beginBulkChange(writing, change.kind, clock.now()))
  await forgetOutdated(store)
  yield { kind: 'begun', undoId, total }
  const pieces = selected(store, selection)
  yield* inPieces(parts, total, async () => {
    const { value: ids } = await pieces.next()
    if (ids === undefined) return null
    const piece = await store.write((writing) => changePiece(writing, undoId, ids, change, clock.now()))
    return { ...piece, clients: ids.length }
  })
}

/** Takes such a change back. Throws `NotFoundError` when that is not possible any more. */
export async function* undoMany(parts: ChangeManyParts, id: number): AsyncGenerator<BulkEvent, void> {
  const { store, clock } = parts
  const { kind, clients } = await readBulkChange(store.read.sql, id)
  yield { kind: 'begun', undoId: null, total: clients }
  let isWhole = false
  yield* inPieces(parts, clients, async () => {
    if (isWhole) return null
    const piece = await store.write((writing) => undoBulkChunk(writing, id, kind, pieceClients, clock.now()))
    isWhole = piece.clients < pieceClients
    return piece
  })
}

interface Done {
  readonly clients: number
  readonly changed: number
  readonly cancelledMessages: number
}

async function* inPieces(
  { clock, signal, onTaken }: ChangeManyParts,
  total: number,
  /** Works on the next piece; null when none is left. */
  next: () => Promise<Done | null>,
): AsyncGenerator<BulkEvent, void> {
  const isProgressDue = everyMs(clock, progressEveryMs)
  const isTellingDue = everyMs(clock, tellEveryMs)
  let [clients, changed, cancelledMessages, untold] = [0, 0, 0, 0]
  try {
    for (;;) {
      signal?.throwIfAborted()
      const done = await next()
      if (done === null) break
      clients += done.clients
      changed += done.changed
      cancelledMessages += done.cancelledMessages
      untold += done.cancelledMessages
      if (isTellingDue()) {
        onTaken(untold)
        untold = 0
      }
      if (isProgressDue()) yield { kind: 'progress', done: clients, total }
    }
  } finally {
    if (changed > 0) onTaken(untold)
  }
  yield { kind: 'report', report: { changed, unchanged: clients - changed, cancelledMessages } }
}

async function sizeOf(store: Store, selection: Selection): Promise<number> {
  if (selection.kind === 'ids') return selection.ids.length
  return Math.max(0, (await countClients(store.read, selection.query)) - selection.exceptIds.length)
}

/** The selected clients in pieces by their ids, so that whoever leaves the query by the change disturbs nothing. */
async function* selected(store: Store, selection: Selection): AsyncGenerator<number[], undefined> {
  if (selection.kind === 'ids') {
    const ids = [...new Set(selection.ids)].toSorted((a, b) => a - b)
    for (let begin = 0; begin < ids.length; begin += pieceClients) yield ids.slice(begin, begin + pieceClients)
    return
  }
  const except = new Set(selection.exceptIds)
  const lastId = await lastClientId(store.read)
  let afterId = 0
  for (;;) {
    const ids = await nextClientIds(store.read, selection.query, { afterId, lastId, limit: pieceClients })
    const wanted = ids.filter((id) => !except.has(id))
    if (wanted.length > 0) yield wanted
    if (ids.length < pieceClients) return
    afterId = ids.at(-1) ?? lastId
  }
}

async function forgetOutdated(store: Store): Promise<void> {
  for (;;) {
    const outdated = await outdatedBulkChange(store.read.sql)
    if (outdated === undefined) return
    while (await store.write((writing) => forgetBulkChange(writing, outdated.id, pieceClients)));
  }
}
