import type { Clock } from '#electron/base/clock.ts'

/** A clock that moves only when the test moves it. */
export interface SettableClock extends Clock {
  advance(ms: number): void
}

export function settableClock(start = '2026-11-23T10:00:00.000Z'): SettableClock {
  let at = Date.parse(start)
  return {
    now: () => at,
    advance(ms) {
      at += ms
    },
  }
}

/** A clock that moves by `ms` each time it is read. */
export function tickingClock(ms: number): SettableClock {
  const clock = settableClock()
  return {
    ...clock,
    now() {
      clock.advance(ms)
      return clock.now()
    },
  }
}
