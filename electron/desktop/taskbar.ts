import type { App } from 'electron'
import type { Standing } from './sending-watch.ts'
import type { ConsoleWindow } from './window.ts'

export interface TaskbarParts {
  readonly app: Pick<App, 'setBadgeCount'>
}

/** Shows on the program's own button of the taskbar or dock how far sending has come, and how many deliveries run. */
export function showInTaskbar(
  { app }: TaskbarParts,
  window: Pick<ConsoleWindow, 'setProgressBar'> | null,
  { running, share, channel }: Standing,
): void {
  app.setBadgeCount(running)
  if (running === 0) window?.setProgressBar(-1)
  // What stands still until it mends itself is shown as a pause, what waits for the operator as an error.
  else window?.setProgressBar(share, { mode: channel === 'open' ? 'normal' : channel === 'down' ? 'paused' : 'error' })
}
