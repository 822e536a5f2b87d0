import type { App } from 'electron'
import type { Log } from '../../base/log.ts'

/** The engine gives requests in flight 8 s to end; the rest is for the store. */
export const closeDeadlineMs = 15_000

export interface ShutdownParts {
  readonly app: Pick<App, 'exit'> & {
    on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
  }
}

export interface Shutdown {
  /** Asked before anything is closed: where it says no, the program lives on, and whoever said so quits later. */
  readonly mayQuit: () => boolean
  /** Called first, so that the operator sees the program go. */
  readonly hideWindows: () => void
  readonly closeEngine: () => Promise<void>
  readonly deadlineMs: number
  readonly log: Log
}

/** Within this time a wish to quit that comes again is the same: a system that shuts down says so in more than one way. */
const sameWishMs = 3_000

/** Makes every way of quitting close the engine before the process ends: within the deadline, or at once when asked again. */
export function closeEngineBeforeQuit({ app }: ShutdownParts, shutdown: Shutdown): void {
  let closingSince: number | null = null
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (closingSince !== null) {
      if (performance.now() - closingSince < sameWishMs) return
      shutdown.log.warn('quit forced before the engine was closed')
      app.exit(1)
      return
    }
    if (!shutdown.mayQuit()) return
    closingSince = performance.now()
    shutdown.hideWindows()
    void closeWithin(shutdown).then((exitCode) => app.exit(exitCode))
  })
}

async function closeWithin({ closeEngine, deadlineMs, log }: Shutdown): Promise<0 | 1> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, 'late')
  })
  try {
    if ((await Promise.race([closeEngine(), deadline])) !== 'late') return 0
    log.error(`the engine was not closed within ${deadlineMs} ms`)
    return 1
  } catch (error) {
    log.error(`the engine did not close: ${String(error)}`)
    return 1
  } finally {
    clearTimeout(timer)
  }
}
