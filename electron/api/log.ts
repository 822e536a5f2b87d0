import type { LogName } from '#shared/contract/log.ts'
import type { Logs } from '../base/log.ts'
import { api, type Parts } from './parts.ts'
import { readLog } from './read-log.ts'

const followEveryMs = 500

/** Handlers for the log. */
export function logApi({ untilLocked }: Parts, dataDir: string, logs: Pick<Logs, 'subscribe'>) {
  return {
    list: api.log.list.handler(({ input }) => readLog(dataDir, input)),
    follow: api.log.follow.handler(({ input, signal }) => followGrowth(logs, input.log, untilLocked(signal))),
  }
}

/** Yields when the log has new lines, until `signal` aborts. */
async function* followGrowth(logs: Pick<Logs, 'subscribe'>, log: LogName, signal: AbortSignal) {
  let wake = (): void => undefined
  let hasGrown = false
  const unsubscribe = logs.subscribe(log, () => {
    hasGrown = true
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!signal.aborted) {
      if (!hasGrown) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      // Waiting limits the event rate, and lets the lines reach the file.
      await new Promise((resolve) => setTimeout(resolve, followEveryMs))
      if (signal.aborted) return
      hasGrown = false
      yield { kind: 'grown' as const }
    }
  } finally {
    unsubscribe()
  }
}
