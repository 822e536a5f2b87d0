import type { App } from 'electron'
import type { Standing } from './sending-watch.ts'
import type { ConsoleWindow } from './window.ts'

export interface TaskbarParts {
  readonly app: Pick<App, 'setBadgeCount'>
}

type Progress = readonly [share: number, mode: 'none' | 'normal' | 'paused' | 'error']

/**
 * Shows on the program's own button of the taskbar or dock how far sending has come, in whole hundredths, and how many deliveries
 * run. What has not changed is not shown again: some systems take a message between programs for it.
 */
export function createTaskbar({
  app,
}: TaskbarParts): (window: Pick<ConsoleWindow, 'setProgressBar'> | null, standing: Standing) => void {
  let shownOn: unknown = null
  let shown: Progress = [-1, 'none']
  let badge = 0
  return (window, standing) => {
    if (standing.running !== badge) app.setBadgeCount(standing.running)
    badge = standing.running
    const [share, mode] = progressOf(standing)
    if (window === shownOn && share === shown[0] && mode === shown[1]) return
    window?.setProgressBar(share, { mode })
    shownOn = window
    shown = [share, mode]
  }
}

/** What stands still until it mends itself is shown as a pause, what waits for the operator as an error. */
function progressOf({ running, share, channel }: Standing): Progress {
  if (running === 0) return [-1, 'none']
  const hundredths = Math.floor(share * 100) / 100
  if (channel === 'open') return [hundredths, 'normal']
  return [hundredths, channel === 'down' ? 'paused' : 'error']
}
