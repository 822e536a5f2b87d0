import type { Clock } from '../base/clock.ts'

/** True at most once in this many milliseconds. */
export function everyMs(clock: Clock, ms: number): () => boolean {
  let lastAt = clock.now()
  return () => {
    const now = clock.now()
    if (now - lastAt < ms) return false
    lastAt = now
    return true
  }
}
