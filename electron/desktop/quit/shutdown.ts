import type { Log } from '../../base/log.ts'
import type { Electron } from '../electron-api.ts'

/** The engine gives requests in flight 8 s to end; the rest is for the store. */
export const closeDeadlineMs = 15_000

export interface Shutdown {
  /** Called before anything is closed. If it returns false the program keeps running. */
  readonly mayQuit: () => boolean
  /** Called first, so that the user sees the program close. */
  readonly hideWindows: () => void
  readonly closeEngine: () => Promise<void>
  readonly deadlineMs: number
  readonly log: Log
}

/** Quit requests within this time count as one: a system that shuts down sends several. */
const sameRequestMs = 3_000

/** Closes the engine before the process ends, however it quits: within the deadline, or at once when asked again. */
export function closeEngineBeforeQuit({ app }: Pick<Electron, 'app'>, shutdown: Shutdown): void {
  let closingSince: number | null = null
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (closingSince !== null) {
      if (performance.now() - closingSince < sameRequestMs) return
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
