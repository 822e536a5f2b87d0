import type { BulkChange, BulkEvent, Selection } from '#shared/contract/bulk-changes.ts'
import type { Clock } from '../../base/clock.ts'
import type { Store } from '../../store/store.ts'
import { everyMs } from '../every-ms.ts'

/** One transaction: short enough for the sender, which waits for it. */
const chunkClients = 2000
const progressEveryMs = 200
const notifyEveryMs = 500

export interface ChangeManyParts {
  readonly store: Store
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  /** Called after clients changed, with the messages cancelled since the last call: at most twice a second, and at the end. */
  readonly onChanged: (cancelledMessages: number) => void
}

/** Changes many clients in chunks. When it ends early, the chunks so far stay changed and can be undone. */
export async function* changeMany(
  parts: ChangeManyParts,
  selection: Selection,
  change: BulkChange,
): AsyncGenerator<BulkEvent, void> {
  const { store, clock } = parts
  const total = await sizeOf(store, selection)
  const undoId = await store.write(({ bulkChanges }) => bulkChanges.begin(change.kind, clock.now()))
  await forgetOutdated(store)
  yield { kind: 'begun', undoId, total }
  const chunks = selected(store, selection)
  yield* inChunks(parts, total, async () => {
    const { value: ids } = await chunks.next()
    if (ids === undefined) return null
    const chunk = await store.write(({ bulkChanges }) => bulkChanges.apply(undoId, ids, change, clock.now()))
    return { ...chunk, clients: ids.length }
  })
}

/** Undoes such a change. Throws `NotFoundError` when it cannot be undone any more. */
export async function* undoMany(parts: ChangeManyParts, id: number): AsyncGenerator<BulkEvent, void> {
  const { store, clock } = parts
  const { kind, clients } = await store.read.bulkChanges.get(id)
  yield { kind: 'begun', undoId: null, total: clients }
  let isWhole = false
  yield* inChunks(parts, clients, async () => {
    if (isWhole) return null
    const chunk = await store.write(({ bulkChanges }) => bulkChanges.undo(id, kind, chunkClients, clock.now()))
    isWhole = chunk.clients < chunkClients
    return chunk
  })
}

interface Done {
  readonly clients: number
  readonly changed: number
  readonly cancelledMessages: number
}

async function* inChunks(
  { clock, signal, onChanged }: ChangeManyParts,
  total: number,
  /** Does the next chunk; null when none is left. */
  next: () => Promise<Done | null>,
): AsyncGenerator<BulkEvent, void> {
  const isProgressDue = everyMs(clock, progressEveryMs)
  const isNotificationDue = everyMs(clock, notifyEveryMs)
  let [clients, changed, cancelledMessages, unreported] = [0, 0, 0, 0]
  try {
    for (;;) {
      signal?.throwIfAborted()
      const done = await next()
      if (done === null) break
      clients += done.clients
      changed += done.changed
      cancelledMessages += done.cancelledMessages
      unreported += done.cancelledMessages
      if (isNotificationDue()) {
        onChanged(unreported)
        unreported = 0
      }
      if (isProgressDue()) yield { kind: 'progress', done: clients, total }
    }
  } finally {
    if (changed > 0) onChanged(unreported)
  }
  yield { kind: 'report', report: { changed, unchanged: clients - changed, cancelledMessages } }
}

async function sizeOf(store: Store, selection: Selection): Promise<number> {
  if (selection.kind === 'ids') return selection.ids.length
  return Math.max(0, (await store.read.clients.count(selection.query)) - selection.exceptIds.length)
}

/** Yields the selected clients in chunks by id, so that a change that moves clients out of the query skips none. */
async function* selected(store: Store, selection: Selection): AsyncGenerator<number[], undefined> {
  if (selection.kind === 'ids') {
    const ids = [...new Set(selection.ids)].toSorted((a, b) => a - b)
    for (let begin = 0; begin < ids.length; begin += chunkClients) yield ids.slice(begin, begin + chunkClients)
    return
  }
  const except = new Set(selection.exceptIds)
  const lastId = await store.read.clients.lastId()
  let afterId = 0
  for (;;) {
    const ids = await store.read.clients.nextIds(selection.query, { afterId, lastId, limit: chunkClients })
    const wanted = ids.filter((id) => !except.has(id))
    if (wanted.length > 0) yield wanted
    if (ids.length < chunkClients) return
    afterId = ids.at(-1) ?? lastId
  }
}

async function forgetOutdated(store: Store): Promise<void> {
  for (;;) {
    const outdated = await store.read.bulkChanges.outdated()
    if (outdated === undefined) return
    while (await store.write(({ bulkChanges }) => bulkChanges.forget(outdated.id, chunkClients)));
  }
}
