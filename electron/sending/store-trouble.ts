import type { Channel } from '#shared/contract/gateway.ts'
import { describeStoreTrouble } from '#shared/domain/store-trouble.ts'
import type { Clock } from '../base/clock.ts'
import type { Level } from '../base/trace-line.ts'
import { troubleOf } from '../store/sqlite/trouble.ts'

/** Nothing can be claimed or recorded; null once that is over. */
export type BlockedReport = { readonly type: 'blocked'; readonly blocked: Channel | null }

/** The store as the sender meets it: a disk may be full, and have room again. */
export interface StoreTrouble {
  /** A transaction has failed: tells so, and waits until another is worth a try. */
  met(error: unknown): Promise<void>
  /** A transaction has succeeded. */
  passed(): void
  /** Tries until the store takes it, or `left` says that nobody waits any more (null). Throws what is no fault of the disk. */
  outlast<Result>(work: () => Promise<Result>, left: () => boolean): Promise<Result | null>
}

export interface StoreTroubleOptions {
  readonly clock: Clock
  readonly report: (
    report: BlockedReport | { readonly type: 'log'; readonly level: Level; readonly text: string },
  ) => void
}

const againInMs = 1_000

/** A store without trouble. */
export function createStoreTrouble({ clock, report }: StoreTroubleOptions): StoreTrouble {
  let since: string | null = null
  let logged = ''

  const log = (level: Level, text: string): void => report({ type: 'log', level, text })
  const at = (ms: number): string => new Date(ms).toISOString()

  async function met(error: unknown): Promise<void> {
    const trouble = troubleOf(error)
    const reason = trouble === null ? null : describeStoreTrouble(trouble)
    since ??= at(clock.now())
    const nextProbeAt = at(clock.now() + againInMs)
    report({ type: 'blocked', blocked: { status: 'blocked', reason, since, nextProbeAt } })
    // Once for each cause: the log may stand on the same full disk.
    const text = `the store takes nothing, so nothing is sent until it does: ${reason ?? 'no fault of the disk'} (${String(error)})`
    if (text !== logged) log('error', text)
    logged = text
    await new Promise((resolve) => setTimeout(resolve, againInMs))
  }

  function passed(): void {
    if (since === null) return
    log('info', `the store takes what is written again; it did not since ${since}`)
    since = null
    logged = ''
    report({ type: 'blocked', blocked: null })
  }

  return {
    met,
    passed,
    async outlast(work, left) {
      while (!left()) {
        try {
          const result = await work()
          passed()
          return result
        } catch (error) {
          if (troubleOf(error) === null) throw error
          await met(error)
        }
      }
      return null
    },
  }
}
