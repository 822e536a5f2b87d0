import type { Store } from '../../store/store.ts'

/** One transaction: short enough for the sender, which waits for it. */
const chunkClients = 2000

/** How many clients were restored or deleted, and how many messages to deleted ones were cancelled. */
export interface UndoneChunk {
  readonly clients: number
  readonly cancelledMessages: number
}

/** Undoes the next chunk of an import; returns null when nothing of it is left. */
export async function undoChunk(store: Store, importId: number): Promise<UndoneChunk | null> {
  const { clients, cancelledMessages } = await store.write(({ imports }) => imports.undo(importId, chunkClients))
  return clients === null ? null : { clients, cancelledMessages }
}

/** Undoes the imports that never finished: the program ended, or the disk was full. */
export async function undoUnfinishedImports(store: Store): Promise<void> {
  for (const importId of await store.read.imports.unfinished()) while ((await undoChunk(store, importId)) !== null);
  await forgetFinished(store)
}

/** Forgets the recorded changes of finished imports. */
export async function forgetFinished(store: Store): Promise<void> {
  while (!(await store.write(({ imports }) => imports.forgetFinished(chunkClients))));
}
