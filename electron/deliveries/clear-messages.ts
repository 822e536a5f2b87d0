import { setTimeout as sleep } from 'node:timers/promises'
import type { Events } from '../base/events.ts'
import type { Log } from '../base/log.ts'
import type { ClearedChunk } from '../store/ports/deliveries.ts'
import type { Store } from '../store/store.ts'

/** The size of the first chunk, and the limits of the others. */
const firstChunk = 1000
const minChunk = 100
const maxChunk = 4000
/** How long one chunk should hold the store's only writer: a quarter of the limit, since a busy disk makes some slower. */
const targetMs = 25
/** How often the progress of one delivery is published. */
const progressEveryMs = 250

/**
 * Returns the size of the next chunk, after one of `size` messages took `tookMs`. It never grows by more than twice, so that
 * a lucky chunk is not followed by a very long one.
 */
export function nextChunkSize(size: number, tookMs: number): number {
  const fitting = Math.floor((size * targetMs) / Math.max(1, tookMs))
  return Math.min(Math.max(Math.min(fitting, size * 2), minChunk), maxChunk)
}

/** Clears the messages that cancelled and deleted deliveries have left, in chunks between which others may write. */
export interface MessageClearing {
  /** Starts clearing, unless it runs. Also continues what an earlier program has left. */
  start(): void
  /** Resolves when nothing is left to clear. */
  idle(): Promise<void>
  /** Stops after the present chunk. The next start continues. */
  close(): Promise<void>
}

interface ClearingParts {
  readonly store: Store
  readonly events: Events
  readonly log: Pick<Log, 'info' | 'error'>
  /** A clock in milliseconds that no setting of the wall clock moves. */
  readonly monotonic?: () => number
  /** Lets other writers go first: waits this long (ms). */
  readonly pause?: (ms: number) => Promise<unknown>
}

export function createMessageClearing({
  store,
  events,
  log,
  monotonic = () => performance.now(),
  pause = (ms) => sleep(ms),
}: ClearingParts): MessageClearing {
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let isClosing = false

  async function clearAll(): Promise<void> {
    let size = firstChunk
    const progress = createClearingProgress({ store, events, log, monotonic })
    while (!isClosing) {
      const limit = size
      const { cleared, tookMs } = await store.write(async ({ deliveries }) => {
        const startedAt = monotonic()
        return { cleared: await deliveries.clearNext(limit), tookMs: monotonic() - startedAt }
      })
      await progress.add(cleared)
      if (cleared === null) return
      size = nextChunkSize(limit, tookMs)
      // As long a pause as the chunk took: the sender, which writes on its own connection, gets its turn.
      await pause(tookMs)
    }
  }

  async function run(): Promise<void> {
    do {
      isAskedAgain = false
      await clearAll()
    } while (isAskedAgain && !isClosing)
  }

  return {
    start() {
      isAskedAgain = true
      if (running !== null || isClosing) return
      running = run()
        // The messages stay hidden or unsent; the next cancellation, deletion or start tries again.
        .catch((error: unknown) =>
          log.error(`messages of a deleted or cancelled delivery cannot be cleared: ${String(error)}`),
        )
        .finally(() => {
          running = null
        })
    },
    idle: async () => {
      await running
    },
    async close() {
      isClosing = true
      await running
    },
  }
}

/** Publishes and logs how far the clearing is. */
function createClearingProgress({ store, events, log, monotonic }: Required<Omit<ClearingParts, 'pause'>>) {
  let present: ClearedChunk | null = null
  let publishedAt = Number.NEGATIVE_INFINITY

  async function publish(deliveryId: number): Promise<void> {
    const delivery = await store.read.deliveries.find(deliveryId)
    if (delivery === null) return
    const { id, status, messages, startedAt, finishedAt } = delivery
    events.publish({ type: 'delivery', id, status, messages, perSecond: 0, startedAt, finishedAt })
  }

  async function finish(): Promise<void> {
    if (present === null) return
    log.info(`delivery=${present.deliveryId} ${present.messages} messages were ${present.kind}`)
    await publish(present.deliveryId)
    present = null
  }

  return {
    /** Adds a chunk; null after the last one. */
    async add(cleared: ClearedChunk | null): Promise<void> {
      if (cleared === null || cleared.deliveryId !== present?.deliveryId) await finish()
      if (cleared === null) return
      present = { ...cleared, messages: (present?.messages ?? 0) + cleared.messages }
      if (monotonic() - publishedAt < progressEveryMs) return
      publishedAt = monotonic()
      await publish(cleared.deliveryId)
    },
  }
}
