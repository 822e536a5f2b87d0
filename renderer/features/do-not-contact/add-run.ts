import i18next from 'i18next'
import type { OptOutReport } from '#shared/contract/do-not-contact.ts'
import { client } from '../../api/client.ts'
import { createSharedState } from '../../api/shared-state.ts'
import { showDone, showProblem } from '../../components/notice.ts'

/** Where the phones to add come from: what was pasted, or a file. */
export type Phones = string | File

/** Where adding phones stands. It goes on while the operator looks at other screens. */
export type AddRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  /** `fileName` is null where the phones were pasted. */
  | { readonly kind: 'done'; readonly fileName: string | null; readonly report: OptOutReport }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Where phones are added and the report waits. */
export const addAddress = '/do-not-contact/add'

const addRun = createSharedState<AddRun>({ kind: 'none' })

/** The adding under way, or what became of the last one. */
export function useAddRun(): AddRun {
  return addRun.useValue()
}

/** Puts phones on the list; it tells of itself through `useAddRun`, also of a failure. */
export async function startAdding(phones: Phones): Promise<void> {
  if (addRun.get().kind === 'running') return
  addRun.set({ kind: 'running' })
  try {
    const report = await client.clients.optOut({ phones })
    addRun.set({ kind: 'done', fileName: phones instanceof File ? phones.name : null, report })
    if (isElsewhere()) showDone(i18next.t('do-not-contact:report.doneElsewhere'))
  } catch (error) {
    addRun.set({ kind: 'failed', error })
    if (isElsewhere())
      showProblem({
        title: i18next.t('do-not-contact:title'),
        advice: i18next.t('do-not-contact:report.failedElsewhere'),
      })
  }
}

/** Makes room for other phones. */
export function clearAdding(): void {
  if (addRun.get().kind !== 'running') addRun.set({ kind: 'none' })
}

/** Whoever went to another screen meanwhile learns of the end there. */
function isElsewhere(): boolean {
  return !window.location.hash.startsWith(`#${addAddress}`)
}
