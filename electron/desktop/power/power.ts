import type { BrowserWindow } from 'electron'
import type { Log } from '../../base/log.ts'
import type { Electron } from '../electron-api.ts'

/** Calls `onWakeUp` after the machine has slept, and `onShutdown` when the system is about to end all programs. */
export function followPower(
  { powerMonitor }: Pick<Electron, 'powerMonitor'>,
  { onWakeUp, onShutdown, log }: { onWakeUp(): void; onShutdown(): void; readonly log: Log },
): void {
  powerMonitor.on('resume', () => {
    log.info('the machine woke up')
    onWakeUp()
  })
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    // Asks the system to wait a little, so that requests in flight are recorded.
    event?.preventDefault()
    log.info('the system shuts down')
    onShutdown()
  })
}

/**
 * Ends the program with the user's Windows session, which only windows hear of. While something is being sent, the
 * session waits until it is recorded and the process has ended.
 */
export function followSession(window: BrowserWindow, isSending: () => boolean, onEnd: () => void): void {
  window.on('query-session-end', (event) => {
    if (isSending()) event.preventDefault()
    onEnd()
  })
  window.on('session-end', onEnd)
}

/** Returns a function that keeps the machine awake, or stops doing so; the display may turn off. */
export function createWakeLock({ powerSaveBlocker }: Pick<Electron, 'powerSaveBlocker'>): (isWanted: boolean) => void {
  let blocker: number | null = null
  return (isWanted) => {
    if (isWanted) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
}
