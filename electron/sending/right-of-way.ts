/**
 * SQLite has one writer, and who waits for its turn there asks again and again with growing pauses: beside a sender that writes without a
 * break, an operator's change would wait for seconds. So the sender stands aside when somebody asks, once between two of its turns.
 */
export interface RightOfWay {
  /** Somebody is about to write. */
  ask(): void
  /** They have written. */
  done(): void
  /** Waits while somebody writes, but no longer than is fair, and never twice in a row. */
  give(): Promise<void>
}

/** Nobody may hold the sender up for longer by asking. */
const longestMs = 100

export function createRightOfWay(): RightOfWay {
  let writers = 0
  let hasGiven = false
  let waiting: (() => void) | null = null

  return {
    ask() {
      writers += 1
    },
    done() {
      writers = Math.max(0, writers - 1)
      if (writers === 0) waiting?.()
    },
    async give() {
      if (writers === 0 || hasGiven) {
        hasGiven = false
        return
      }
      hasGiven = true
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longestMs)
        waiting = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      waiting = null
    },
  }
}
