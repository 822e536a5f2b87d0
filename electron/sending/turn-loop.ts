/** Runs turns one after another while any is requested, then sleeps until the next one is due. */
export interface TurnLoop {
  /** Requests a turn; it begins as soon as the current one has ended. */
  request(): void
  /** The running turns; null while there are none. */
  readonly working: Promise<void> | null
  /** Ends the sleep; only requests lead to turns from now on. */
  stopSleeping(): void
  /** No request leads to a turn from now on. */
  close(): void
}

export interface TurnLoopOptions {
  /** Waits for what comes before the next turn. */
  readonly beforeTurn: () => Promise<void>
  readonly takeTurn: () => Promise<void>
  /** Waits until another turn is worth a try. Returns whether there is anything left to do. */
  readonly onFailure: (error: unknown) => Promise<boolean>
  /** Returns when the next turn is due by the wall clock; null when only a request leads to one. */
  readonly nextTurnAt: () => number | null
  /** Reads the wall clock. Returns the time in ms until `dueAt`; 0 when it has come. */
  readonly msUntil: (dueAt: number) => number
}

/** The clock may jump and the machine may sleep: the clock is read this often, however far the next turn is. */
const maxSleepMs = 1_000

export function createTurnLoop(options: TurnLoopOptions): TurnLoop {
  const { beforeTurn, takeTurn, onFailure, nextTurnAt, msUntil } = options
  let working: Promise<void> | null = null
  let isRequested = false
  let maySleep = true
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  function request(): void {
    if (isClosed) return
    isRequested = true
    working ??= work().finally(() => {
      working = null
    })
  }

  async function work(): Promise<void> {
    // Everything that the same round of the event loop brought in goes into one turn.
    await new Promise(setImmediate)
    while (isRequested) {
      isRequested = false
      await beforeTurn()
      try {
        await takeTurn()
      } catch (error) {
        if (await onFailure(error)) isRequested = true
      }
    }
    sleep()
  }

  function sleep(): void {
    clearTimeout(timer)
    if (!maySleep) return
    const dueAt = nextTurnAt()
    if (dueAt === null) return
    const wake = (): void => (msUntil(dueAt) === 0 ? request() : sleep())
    timer = setTimeout(wake, Math.min(msUntil(dueAt), maxSleepMs))
  }

  return {
    request,
    get working() {
      return working
    },
    stopSleeping() {
      maySleep = false
      clearTimeout(timer)
    },
    close() {
      isClosed = true
    },
  }
}

/**
 * SQLite has one writer, and a writer that waits asks again with growing pauses: beside a sender that writes without a
 * break, a user's change would wait for seconds. So the sender yields between two turns while another writer waits.
 */
export interface WriterPriority {
  /** Another writer is about to write. */
  writerWaits(): void
  /** It has written. */
  writerDone(): void
  /** Waits while others write, but no longer than 100 ms, and never twice in a row. */
  yieldToWriters(): Promise<void>
}

const maxYieldMs = 100

export function createWriterPriority(): WriterPriority {
  let writers = 0
  let hasYielded = false
  let resume: (() => void) | null = null

  return {
    writerWaits() {
      writers += 1
    },
    writerDone() {
      writers = Math.max(0, writers - 1)
      if (writers === 0) resume?.()
    },
    async yieldToWriters() {
      if (writers === 0 || hasYielded) {
        hasYielded = false
        return
      }
      hasYielded = true
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, maxYieldMs)
        resume = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      resume = null
    },
  }
}
