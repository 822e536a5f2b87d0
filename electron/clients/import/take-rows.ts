import type { Clock } from '../../base/clock.ts'
import {
  addTags,
  findClientsByPhone,
  insertClients,
  removeTags,
  updateClients,
} from '../../store/imports/client-import.ts'
import { openRehearsal } from '../../store/imports/import-rehearsal.ts'
import { beginImport, finishImport, keepBefore, keepCreated } from '../../store/imports/import-undo.ts'
import type { Store } from '../../store/store.ts'
import { type Counts, type MergeRules, mergeRows } from './merge-rows.ts'
import type { ImportRow } from './read-row.ts'
import { forgetWhole, type Undone, undoImportChunk } from './undo-import.ts'

/** Where the lines of a file go. */
export interface Taking {
  /** Takes so many lines, whole or not at all. */
  take(rows: readonly ImportRow[]): Promise<Counts>
  /** Everything that was taken stays; `clients` is how many lines made or changed one. */
  finish(clients: number): Promise<void>
  /** Gives back the next piece of what was taken; null when nothing of it is left. */
  undoImportChunk(): Promise<Undone | null>
}

/** Takes lines into the directory itself. */
export function takeForGood(store: Store, clock: Clock, rules: MergeRules): Taking {
  let importId: number | null = null
  return {
    take(rows) {
      return store.write(async (writing) => {
        const { sql } = writing
        const now = clock.now()
        const known = await findClientsByPhone(sql, phonesOf(rows))
        const { created, changed, counts } = mergeRows(rows, known, rules)
        const id = importId ?? (await beginImport(writing, now))
        importId = id
        await keepBefore(
          writing,
          id,
          changed.map((client) => client.id),
          now,
        )
        const ids = await insertClients(sql, created, now)
        await keepCreated(writing, id, ids)
        await updateClients(sql, changed, now)
        await addTags(sql, [
          ...created.map((draft, index) => ({ clientId: ids[index] ?? 0, tags: draft.tags })),
          ...changed.map((draft) => ({ clientId: draft.id, tags: draft.addedTags })),
        ])
        await removeTags(
          sql,
          changed.map((draft) => ({ clientId: draft.id, tags: draft.removedTags })),
        )
        return counts
      })
    },
    async finish(clients) {
      const id = importId
      if (id === null) return
      await store.write((writing) => finishImport(writing, id, clients))
      await forgetWhole(store)
    },
    undoImportChunk: async () => (importId === null ? null : undoImportChunk(store, importId)),
  }
}

/** Tells what would become of lines, and leaves the directory alone. */
export async function takeForShow(store: Store, rules: MergeRules): Promise<Taking> {
  const rehearsal = await openRehearsal(store.read)
  return {
    async take(rows) {
      const known = await rehearsal.known(phonesOf(rows))
      const { created, changed, counts } = mergeRows(rows, known, rules)
      await rehearsal.keep([...created, ...changed].map((draft) => ({ ...draft, id: draft.id ?? 0 })))
      return counts
    },
    finish: () => rehearsal.close(),
    async undoImportChunk() {
      await rehearsal.close()
      return null
    },
  }
}

function phonesOf(rows: readonly ImportRow[]): string[] {
  return [...new Set(rows.map((row) => row.phone))]
}
