import i18next from 'i18next'
import type { RefusedLine } from '#shared/contract/clients.ts'
import type { ImportReport, OnKnown } from '#shared/contract/import.ts'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { client } from '../../../api/client.ts'
import { createSharedState } from '../../../api/shared-state.ts'
import { recordPresence } from '../../../api/user-presence.ts'
import { showDone } from '../../../components/notice.ts'
import type { OpenedTable, ReadSettings } from './opened-table.ts'

/** A file and the user's choices of how to import it. */
export interface ImportDraft {
  readonly table: OpenedTable
  readonly columns: readonly ColumnMeaning[]
  readonly onKnown: OnKnown
}

/** The state of the import. It continues while the user works on other screens. */
export type ImportRun =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running'
      readonly draft: ImportDraft
      readonly dryRun: boolean
      /** The finished fraction, 0 to 1. */
      readonly share: number
      readonly rows: number
      /** How many lines are still to be undone; null if no undo was requested. */
      readonly undoing: number | null
    }
  | {
      readonly kind: 'done'
      readonly draft: ImportDraft
      readonly report: ImportReport
      readonly refusals: readonly RefusedLine[]
    }
  | { readonly kind: 'cancelled'; readonly draft: ImportDraft; readonly dryRun: boolean }
  | { readonly kind: 'failed'; readonly draft: ImportDraft; readonly dryRun: boolean; readonly error: unknown }

type Running = Extract<ImportRun, { readonly kind: 'running' }>

const importRun = createSharedState<ImportRun>({ kind: 'none' })
let running: AbortController | undefined

/** The import in progress, or the result of the last one. */
export function useImportRun(): ImportRun {
  return importRun.useValue()
}

/** Starts an import or a dry run. Its progress, its result and its errors are reported by `useImportRun`. */
export async function startImport(draft: ImportDraft, dryRun: boolean): Promise<void> {
  if (importRun.get().kind === 'running') return
  const abort = new AbortController()
  running = abort
  const refusals: RefusedLine[] = []
  let state: Running = { kind: 'running', draft, dryRun, share: 0, rows: 0, undoing: null }
  const show = (changed: { share?: number; rows?: number; undoing?: number }) => {
    const now = importRun.get()
    state = { ...state, undoing: now.kind === 'running' ? now.undoing : null, ...changed }
    importRun.set(state)
  }
  importRun.set(state)
  try {
    const { table, columns, onKnown } = draft
    const input = { csv: table.file, ...readOptionsOf(table.how), columns: [...columns], onKnown, dryRun }
    for await (const event of await client.clients.import(input, { signal: abort.signal })) {
      // A lock would abort the import, so its progress counts as user activity.
      recordPresence()
      if (event.kind === 'report') return finish(draft, event.report, refusals)
      if (event.kind === 'cancelled') return importRun.set({ kind: 'cancelled', draft, dryRun })
      if (event.kind === 'refusals') for (const refusal of event.refusals) refusals.push(refusal)
      else if (event.kind === 'undoing') show({ undoing: event.rows })
      else show({ rows: event.rows, share: event.bytesTotal === 0 ? 1 : event.bytesRead / event.bytesTotal })
    }
    throw new Error('the import ended without a report')
  } catch (error) {
    importRun.set(
      abort.signal.aborted ? { kind: 'cancelled', draft, dryRun } : { kind: 'failed', draft, dryRun, error },
    )
  }
}

/** Cancels the import; when it reports that, everything is as before. */
export async function cancelImport(): Promise<void> {
  const run = importRun.get()
  if (run.kind !== 'running' || run.undoing !== null) return
  importRun.set({ ...run, undoing: 0 })
  // If the call fails or arrives before the file, closing the stream also makes the engine undo the import.
  const { stopped } = await client.clients.cancelImport().catch(() => ({ stopped: false }))
  if (!stopped) running?.abort()
}

/** Clears a finished import for another file. */
export function clearImport(): void {
  if (importRun.get().kind !== 'running') importRun.set({ kind: 'none' })
}

function readOptionsOf(how: ReadSettings) {
  return how.kind === 'workbook' ? { sheet: how.sheet } : { encoding: how.encoding, delimiter: how.delimiter }
}

function finish(draft: ImportDraft, report: ImportReport, refusals: readonly RefusedLine[]): void {
  importRun.set({ kind: 'done', draft, report, refusals })
  // If the user is on another screen, a notification reports the result.
  if (window.location.hash.startsWith('#/clients/import')) return
  const words = report.dryRun ? 'clients:importing.checkedElsewhere' : 'clients:importing.doneElsewhere'
  showDone(i18next.t(words, { file: draft.table.file.name }))
}
