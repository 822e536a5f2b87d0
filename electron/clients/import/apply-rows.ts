import type { Clock } from '../../base/clock.ts'
import type { Store } from '../../store/store.ts'
import { type MergeCounts, type MergeRules, mergeRows } from './merge-rows.ts'
import type { ImportRow } from './read-row.ts'
import { forgetFinished, type UndoneChunk, undoChunk } from './undo-import.ts'

/** Applies the rows of a file to the directory, or previews that. */
export interface RowTarget {
  /** Applies some rows, all or none. */
  apply(rows: readonly ImportRow[]): Promise<MergeCounts>
  /** Makes the applied rows final; `clients` is the number of rows that created or changed a client. */
  finish(clients: number): Promise<void>
  /** Undoes the next chunk of applied rows; returns null when none is left. */
  undoChunk(): Promise<UndoneChunk | null>
}

/** Applies rows to the directory. */
export function applyRows(store: Store, clock: Clock, rules: MergeRules): RowTarget {
  let importId: number | null = null
  return {
    apply(rows) {
      return store.write(async ({ imports }) => {
        const now = clock.now()
        const known = await imports.known(phonesOf(rows))
        const { counts, ...changes } = mergeRows(rows, known, rules)
        const id = importId ?? (await imports.begin(now))
        importId = id
        await imports.apply(id, changes, now)
        return counts
      })
    },
    async finish(clients) {
      const id = importId
      if (id === null) return
      await store.write(({ imports }) => imports.finish(id, clients))
      await forgetFinished(store)
    },
    undoChunk: async () => (importId === null ? null : undoChunk(store, importId)),
  }
}

/** Reports what rows would change, without changing the directory. */
export async function previewRows(store: Store, rules: MergeRules): Promise<RowTarget> {
  const dryRun = await store.read.imports.openDryRun()
  return {
    async apply(rows) {
      const known = await dryRun.known(phonesOf(rows))
      const { created, changed, counts } = mergeRows(rows, known, rules)
      await dryRun.keep([...created, ...changed].map((draft) => ({ ...draft, id: draft.id ?? 0 })))
      return counts
    },
    finish: () => dryRun.close(),
    async undoChunk() {
      await dryRun.close()
      return null
    },
  }
}

function phonesOf(rows: readonly ImportRow[]): string[] {
  return [...new Set(rows.map((row) => row.phone))]
}
