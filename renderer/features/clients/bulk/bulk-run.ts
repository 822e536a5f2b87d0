import i18next from 'i18next'
import type { BulkChange, BulkEvent, BulkReport, Selection } from '#shared/contract/bulk-changes.ts'
import { client } from '../../../api/client.ts'
import { describeError } from '../../../api/errors.ts'
import { createSharedState } from '../../../api/shared-state.ts'
import { recordPresence } from '../../../api/user-presence.ts'
import { showProblem } from '../../../components/notice.ts'
import { showUndoable } from '../../../components/undo-notice.tsx'

export type BulkKind = BulkChange['kind'] | 'undo'

/** The bulk change in progress; null if there is none. It continues while the user works on other screens. */
export interface BulkRun {
  readonly kind: BulkKind
  /** The finished fraction, 0 to 1. */
  readonly share: number
}

const bulkRun = createSharedState<BulkRun | null>(null)
let running: AbortController | undefined

/** The bulk change in progress. */
export function useBulkRun(): BulkRun | null {
  return bulkRun.useValue()
}

/** Changes the selected clients. A notification reports the result and offers to undo it. */
export function startBulkChange(selection: Selection, change: BulkChange): Promise<void> {
  return followChange(change.kind, (signal) => client.clients.bulk({ selection, change }, { signal }))
}

/** Stops after the present batch; what was changed can be undone. */
export function cancelBulkChange(): void {
  running?.abort()
}

async function followChange(
  kind: BulkKind,
  start: (signal: AbortSignal) => Promise<AsyncIterable<BulkEvent>>,
): Promise<void> {
  if (bulkRun.get() !== null) return
  const abort = new AbortController()
  running = abort
  let undoId: number | null = null
  bulkRun.set({ kind, share: 0 })
  try {
    for await (const event of await start(abort.signal)) {
      // A lock would abort the change, so its progress counts as user activity.
      recordPresence()
      if (event.kind === 'begun') undoId = event.undoId
      if (event.kind === 'progress') bulkRun.set({ kind, share: event.total === 0 ? 1 : event.done / event.total })
      if (event.kind === 'report') return end(kind, event.report, undoId)
    }
    // An aborted stream may end without an error.
    end(kind, null, undoId)
  } catch (error) {
    if (abort.signal.aborted) return end(kind, null, undoId)
    bulkRun.set(null)
    showProblem(describeError(error, i18next.t))
  }
}

/** `report` is null if the user aborted the change. */
function end(kind: BulkKind, report: BulkReport | null, undoId: number | null): void {
  bulkRun.set(null)
  const { t } = i18next
  const words =
    report === null
      ? [t('clients:bulk.stopped')]
      : [
          t(`clients:bulk.done.${kind}`, { count: report.changed }),
          ...(report.cancelledMessages > 0 ? [t('clients:bulk.cancelled', { count: report.cancelledMessages })] : []),
          ...(report.unchanged > 0 && kind !== 'undo'
            ? [t('clients:bulk.unchanged', { count: report.unchanged })]
            : []),
        ]
  const isUndoable = undoId !== null && (report === null || report.changed > 0)
  const undo = () => void followChange('undo', (signal) => client.clients.undoBulk({ undoId: undoId ?? 0 }, { signal }))
  showUndoable(words.join(' '), isUndoable ? undo : null)
}
