import type { Clock } from '../base/clock.ts'

/** Returns a function that returns true once per interval, in ms. */
export function everyMs(clock: Clock, ms: number): () => boolean {
  let lastAt = clock.now()
  return () => {
    const now = clock.now()
    if (now - lastAt < ms) return false
    lastAt = now
    return true
  }
}
