import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** Says in passing that something was done. */
export function showDone(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 4000, closeButtonProps: closeButton() })
}

/** Says that something went wrong, and stays long enough to be read. */
export function showProblem(problem: { readonly title: string; readonly advice: string }): void {
  notifications.show({
    title: problem.title,
    message: problem.advice,
    color: 'red',
    autoClose: 12_000,
    closeButtonProps: closeButton(),
  })
}

const keptNotice = 'herald.notice'

/** Keeps what is done until a page shows it: where the program begins anew, its window does so with it. `dropDeferredNotice` takes it back. */
export function deferNotice(message: string): void {
  localStorage.setItem(keptNotice, message)
}

export function dropDeferredNotice(): void {
  localStorage.removeItem(keptNotice)
}

/** Shows what was kept, once. */
export function showDeferredNotice(): void {
  const message = localStorage.getItem(keptNotice)
  dropDeferredNotice()
  if (message !== null) showDone(message)
}

/** The words of every notice's closing button. */
export function closeButton() {
  return { 'aria-label': i18next.t('actions.close') }
}
