import type { PowerSaveBlocker } from 'electron'
import type { Log } from '../../base/log.ts'

export interface PowerParts {
  readonly powerMonitor: {
    on(event: 'resume' | 'shutdown', listener: (event?: { preventDefault(): void }) => void): unknown
  }
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
}

/** Calls `onWakeUp` when the machine has slept, and `onShutdown` when the system is about to end everything. */
export function followPower(
  { powerMonitor }: PowerParts,
  { onWakeUp, onShutdown, log }: { onWakeUp(): void; onShutdown(): void; readonly log: Log },
): void {
  powerMonitor.on('resume', () => {
    log.info('the machine woke up')
    onWakeUp()
  })
  powerMonitor.on('shutdown', (event) => {
    // The system waits a little for whoever asks it to, and so long that what is in flight is recorded.
    event?.preventDefault()
    log.info('the system shuts down')
    onShutdown()
  })
}

/** What Windows tells a window when its session ends; nothing else of the program hears of it. */
export interface SessionWindow {
  on(event: 'query-session-end', listener: (event: { preventDefault(): void }) => void): unknown
  on(event: 'session-end', listener: () => void): unknown
}

/** Has the program end with the session: while something is sent the session waits until that is recorded, and the process gone. */
export function followSession(window: SessionWindow, isSending: () => boolean, onEnd: () => void): void {
  window.on('query-session-end', (event) => {
    if (isSending()) event.preventDefault()
    onEnd()
  })
  window.on('session-end', onEnd)
}

/** Keeps the machine from falling asleep for as long as it is told to; the display may go dark. */
export function createWakefulness({ powerSaveBlocker }: PowerParts): (isWanted: boolean) => void {
  let blocker: number | null = null
  return (isWanted) => {
    if (isWanted) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
}
