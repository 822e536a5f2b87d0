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
