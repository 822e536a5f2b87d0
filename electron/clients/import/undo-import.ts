import { forgetWholeImports, undoImportPiece, unfinishedImports } from '../../store/imports/import-undo.ts'
import type { Store } from '../../store/store.ts'

/** One transaction: short enough that the sender, who waits for it, does not notice. */
const pieceClients = 2000

/** So many clients are as they were before, and so many messages to those who are gone were cancelled. */
export interface Undone {
  readonly clients: number
  readonly cancelledMessages: number
}

/** Takes back the next piece of an import; null when nothing of it is left. */
export async function undoImportChunk(store: Store, importId: number): Promise<Undone | null> {
  const { clients, cancelledMessages } = await store.write((writing) =>
    undoImportPiece(writing, importId, pieceClients),
  )
  return clients === null ? null : { clients, cancelledMessages }
}

/** Takes back what imports that never came to their end have left behind: the program died, or the disk was full. */
export async function undoUnfinishedImports(store: Store): Promise<void> {
  for (const importId of await unfinishedImports(store.read.sql))
    while ((await undoImportChunk(store, importId)) !== null);
  await forgetWhole(store)
}

/** Lets go of what was kept of imports that are whole. */
export async function forgetWhole(store: Store): Promise<void> {
  while (!(await store.write((writing) => forgetWholeImports(writing, pieceClients))));
}
