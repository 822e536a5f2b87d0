import type { LogName } from '#shared/contract/log.ts'
import type { Logs } from '../base/log.ts'
import { api, type Parts } from './parts.ts'
import { readLog } from './read-log.ts'

const followEveryMs = 500

/** The log over the border. */
export function logApi({ untilLocked }: Parts, dataDir: string, logs: Pick<Logs, 'subscribe'>) {
  return {
    list: api.log.list.handler(({ input }) => readLog(dataDir, input)),
    follow: api.log.follow.handler(({ input, signal }) => growth(logs, input.log, untilLocked(signal))),
  }
}

/** Tells of new lines until nobody listens any more. */
async function* growth(logs: Pick<Logs, 'subscribe'>, log: LogName, signal: AbortSignal) {
  let wake = (): void => undefined
  let isGrown = false
  const unsubscribe = logs.subscribe(log, () => {
    isGrown = true
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })
  const isOver = () => signal.aborted
  try {
    while (!isOver()) {
      if (!isGrown) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      // Meanwhile what was written arrives in the file, and more may follow.
      await new Promise((resolve) => setTimeout(resolve, followEveryMs))
      if (isOver()) return
      isGrown = false
      yield { kind: 'grown' as const }
    }
  } finally {
    unsubscribe()
  }
}
