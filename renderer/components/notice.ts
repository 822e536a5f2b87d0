import { notifications } from '@mantine/notifications'

/** Says in passing that something was done. */
export function showDone(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 4000 })
}

/** Says that something went wrong, and stays long enough to be read. */
export function showProblem(problem: { readonly title: string; readonly advice: string }): void {
  notifications.show({ title: problem.title, message: problem.advice, color: 'red', autoClose: 12_000 })
}
