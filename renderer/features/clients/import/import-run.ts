import i18next from 'i18next'
import type { ImportReport } from '#shared/contract/clients.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { client } from '../../../api/client.ts'
import { keepState } from '../../../components/kept-state.ts'
import { showDone } from '../../../components/notice.ts'

/** What to do with a phone that the directory has already. */
export type OnKnown = 'update' | 'skip'

/** Where the import stands. It goes on while the operator looks at other screens. */
export type ImportRun =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running'
      readonly fileName: string
      /** 0 to 1. */
      readonly share: number
      readonly rows: number
    }
  | { readonly kind: 'done'; readonly fileName: string; readonly report: ImportReport }
  | { readonly kind: 'cancelled'; readonly fileName: string; readonly rows: number }
  | { readonly kind: 'failed'; readonly fileName: string; readonly rows: number; readonly error: unknown }

export interface ImportOrder {
  readonly csv: File
  readonly columns: readonly ColumnMeaning[]
  readonly onKnown: OnKnown
}

const kept = keepState<ImportRun>({ kind: 'none' })
let abort: AbortController | undefined

/** The import under way, or what became of the last one. */
export function useImportRun(): ImportRun {
  return kept.useKept()
}

/** Begins an import; it tells of itself through `useImportRun`, also of a failure. */
export async function startImport({ csv, columns, onKnown }: ImportOrder): Promise<void> {
  if (kept.get().kind === 'running') return
  const leaving = new AbortController()
  abort = leaving
  const fileName = csv.name
  let rows = 0
  kept.set({ kind: 'running', fileName, share: 0, rows })
  try {
    const events = await client.clients.import({ csv, columns: [...columns], onKnown }, { signal: leaving.signal })
    for await (const event of events) {
      if (event.kind === 'report') return finish(fileName, event.report)
      rows = event.rows
      const share = event.bytesTotal === 0 ? 1 : event.bytesRead / event.bytesTotal
      kept.set({ kind: 'running', fileName, share, rows })
    }
    kept.set({ kind: 'failed', fileName, rows, error: new Error('the import ended without a report') })
  } catch (error) {
    kept.set(leaving.signal.aborted ? { kind: 'cancelled', fileName, rows } : { kind: 'failed', fileName, rows, error })
  }
}

/** Stops after the chunk in hand; what was taken before stays. */
export function cancelImport(): void {
  abort?.abort()
}

/** Makes room for another file. */
export function forgetImport(): void {
  if (kept.get().kind !== 'running') kept.set({ kind: 'none' })
}

function finish(fileName: string, report: ImportReport): void {
  kept.set({ kind: 'done', fileName, report })
  // Whoever went to another screen meanwhile learns of it there.
  if (!window.location.hash.startsWith('#/clients/import')) {
    showDone(i18next.t('clients:importing.doneElsewhere', { file: fileName }))
  }
}
