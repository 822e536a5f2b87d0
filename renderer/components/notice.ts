import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** Notifies the user that something was done. */
export function showDone(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 4000, closeButtonProps: closeButton() })
}

/** Notifies the user of a problem, long enough to be read. */
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

/** Stores a notice for the next page load, because a restart closes this one. `dropDeferredNotice` removes it. */
export function deferNotice(message: string): void {
  localStorage.setItem(keptNotice, message)
}

export function dropDeferredNotice(): void {
  localStorage.removeItem(keptNotice)
}

/** Shows the stored notice once. */
export function showDeferredNotice(): void {
  const message = localStorage.getItem(keptNotice)
  dropDeferredNotice()
  if (message !== null) showDone(message)
}

/** The accessible name of every notice's close button. */
export function closeButton() {
  return { 'aria-label': i18next.t('actions.close') }
}
