import type { ImportEvent } from '#shared/contract/import.ts'
import { ConflictError } from '../../store/errors.ts'
import { type ImportOrder, type ImportParts, importClients } from './import-clients.ts'
import { undoUnfinishedImports } from './undo-import.ts'

/** Where imports are handed in: one at a time, since two would take each other's changes back. */
export interface ImportDesk {
  /** Throws `ConflictError` while another import is under way. */
  import(order: ImportOrder, left?: AbortSignal): AsyncGenerator<ImportEvent, void>
  /** Asks the import under way to end; false when none is. */
  stop(): boolean
}

/** Opens the desk. */
export function openImportDesk(parts: Omit<ImportParts, 'stopped' | 'left'>): ImportDesk {
  let underWay: AbortController | null = null
  return {
    async *import(order, left) {
      if (underWay !== null) throw new ConflictError({ code: 'import_running' })
      const stopping = new AbortController()
      underWay = stopping
      try {
        await undoUnfinishedImports(parts.store)
        yield* importClients(order, { ...parts, left, stopped: stopping.signal })
      } finally {
        underWay = null
      }
    },
    stop() {
      underWay?.abort()
      return underWay !== null
    },
  }
}
