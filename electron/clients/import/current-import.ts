import type { ImportEvent } from '#shared/contract/import.ts'
import { ConflictError } from '../../store/errors.ts'
import { type ImportOrder, type ImportParts, importClients } from './import-clients.ts'
import { undoUnfinishedImports } from './undo-import.ts'

/** Runs imports one at a time, since two would undo each other's changes. */
export interface CurrentImport {
  /** Throws `ConflictError` while another import runs. */
  import(order: ImportOrder, left?: AbortSignal): AsyncGenerator<ImportEvent, void>
  /** Stops the running import; returns false when none runs. */
  stop(): boolean
}

export function openCurrentImport(parts: Omit<ImportParts, 'stopped' | 'left'>): CurrentImport {
  let running: AbortController | null = null
  return {
    async *import(order, left) {
      if (running !== null) throw new ConflictError({ code: 'import_running' })
      const stopping = new AbortController()
      running = stopping
      try {
        await undoUnfinishedImports(parts.store)
        yield* importClients(order, { ...parts, left, stopped: stopping.signal })
      } finally {
        running = null
      }
    },
    stop() {
      running?.abort()
      return running !== null
    },
  }
}
