import type { Channel } from '#shared/contract/gateway.ts'
import { storeErrors } from '#shared/domain/store-trouble.ts'
import { errorText, sentError } from '#shared/errors/app-error.ts'
import type { Clock } from '../base/clock.ts'
import type { Level } from '../base/trace-line.ts'
import type { SendQueue } from '../store/ports/send-queue.ts'

/** Nothing can be claimed or recorded; null once that is over. */
export type BlockedReport = { readonly type: 'blocked'; readonly blocked: Channel | null }

/** How the sender deals with a store that fails: a disk may be full, and have room again. */
export interface StoreFailures {
  /** A transaction has failed: reports it, and waits until another is worth a try. */
  failed(error: unknown): Promise<void>
  /** A transaction has succeeded. */
  succeeded(): void
  /** Retries until it succeeds; returns null when `isAbandoned`. Throws what is not caused by the disk. */
  retry<Result>(work: () => Promise<Result>, isAbandoned: () => boolean): Promise<Result | null>
}

export interface StoreFailuresOptions extends Pick<SendQueue, 'troubleOf'> {
  readonly clock: Clock
  readonly report: (
    report: BlockedReport | { readonly type: 'log'; readonly level: Level; readonly text: string },
  ) => void
}

const retryInMs = 1_000

export function createStoreFailures({ clock, report, troubleOf }: StoreFailuresOptions): StoreFailures {
  let since: string | null = null
  let logged = ''

  const log = (level: Level, text: string): void => report({ type: 'log', level, text })
  const at = (ms: number): string => new Date(ms).toISOString()

  async function failed(error: unknown): Promise<void> {
    const trouble = troubleOf(error)
    const cause = trouble === null ? null : { code: storeErrors[trouble] }
    const reason = cause === null ? null : errorText(cause)
    const channelError = cause === null ? {} : { error: sentError(cause) }
    since ??= at(clock.now())
    const nextProbeAt = at(clock.now() + retryInMs)
    report({ type: 'blocked', blocked: { status: 'blocked', reason, ...channelError, since, nextProbeAt } })
    // Once for each cause: the log may be on the same full disk.
    const text = `the store is not writable; sending is paused: ${reason ?? 'not caused by the disk'} (${String(error)})`
    if (text !== logged) log('error', text)
    logged = text
    await new Promise((resolve) => setTimeout(resolve, retryInMs))
  }

  function succeeded(): void {
    if (since === null) return
    log('info', `the store is writable again; it was not since ${since}`)
    since = null
    logged = ''
    report({ type: 'blocked', blocked: null })
  }

  return {
    failed,
    succeeded,
    async retry(work, isAbandoned) {
      while (!isAbandoned()) {
        try {
          const result = await work()
          succeeded()
          return result
        } catch (error) {
          if (troubleOf(error) === null) throw error
          await failed(error)
        }
      }
      return null
    },
  }
}
