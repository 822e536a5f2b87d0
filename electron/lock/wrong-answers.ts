import type { Clock } from '../clock.ts'

/** So many may be wrong before it costs time: fingers slip. */
const freeAnswers = 4
const firstWaitMs = 1_000
const longestWaitMs = 30_000

/** Slows down whoever tries passphrases. Kept in memory: who can restart the program has the store, too. */
export interface WrongAnswers {
  /** How long from now on no answer is looked at (ms); 0 when one may be given. */
  waitMs(): number
  /** One more was wrong. */
  note(): void
  /** One was right. */
  forget(): void
}

export function countWrongAnswers(clock: Clock): WrongAnswers {
  let count = 0
  let lastAt = 0
  return {
    waitMs() {
      if (count <= freeAnswers) return 0
      const wait = Math.min(firstWaitMs * 2 ** (count - freeAnswers - 1), longestWaitMs)
      const passed = clock.now() - lastAt
      // A clock that was set back must not make anybody wait for an hour.
      return passed < 0 ? wait : Math.max(0, wait - passed)
    },
    note() {
      count += 1
      lastAt = clock.now()
    },
    forget() {
      count = 0
    },
  }
}
