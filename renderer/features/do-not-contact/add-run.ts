import i18next from 'i18next'
import type { OptOutReport } from '#shared/contract/do-not-contact.ts'
import { client } from '../../api/client.ts'
import { createSharedState } from '../../api/shared-state.ts'
import { showDone, showProblem } from '../../components/notice.ts'

/** The source of the phones to add: pasted text, or a file. */
export type Phones = string | File

/** The state of adding phones. It continues while the user works on other screens. */
export type AddRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  /** `fileName` is null if the phones were pasted. */
  | { readonly kind: 'done'; readonly fileName: string | null; readonly report: OptOutReport }
  | { readonly kind: 'failed'; readonly error: unknown }

/** The screen that adds phones and shows the report. */
export const addAddress = '/do-not-contact/add'

const addRun = createSharedState<AddRun>({ kind: 'none' })

/** Adding in progress, or the result of the last one. */
export function useAddRun(): AddRun {
  return addRun.useValue()
}

/** Adds phones to the list. Its progress, its result and its errors are reported by `useAddRun`. */
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

/** Clears a finished run for other phones. */
export function clearAdding(): void {
  if (addRun.get().kind !== 'running') addRun.set({ kind: 'none' })
}

/** If the user is on another screen, a notification reports the end. */
function isElsewhere(): boolean {
  return !window.location.hash.startsWith(`#${addAddress}`)
}
