import { vi } from 'vitest'
import type { Clock } from '#electron/base/clock.ts'

/** Both clocks of a machine and its timers; they move only when the test moves them. */
export interface MovedTime extends Clock {
  /** Milliseconds of the monotonic clock. */
  monotonic(): number
  /** The latest time that the wall clock has shown. */
  readonly latest: number
  /** Time passes: both clocks move, and what becomes due runs afterwards. */
  pass(ms: number): void
  /** Sets the wall clock, forward or back, and runs the timers that read it. */
  jump(ms: number): void
  /** The machine sleeps; only some systems count that on the monotonic clock. */
  sleep(ms: number, isCounted: boolean): void
  /** The number of waiting timers. */
  timers(): number
  /** Clears every timer, as when a process dies. */
  dropTimers(): void
  /** Restores the real timers. */
  restore(): void
}

/** No timer of the program that reads the clock waits longer than a second. */
export const lookMs = 1_050

/** Replaces the timers of this thread; the store and other parts stay real. */
export function moveTime(start: string): MovedTime {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  let wall = Date.parse(start)
  let monotonic = 1_000
  let latest = wall

  function move(wallMs: number, monotonicMs: number): void {
    wall += wallMs
    monotonic += monotonicMs
    latest = Math.max(latest, wall)
  }

  function pass(ms: number): void {
    move(ms, ms)
    vi.advanceTimersByTime(Math.min(ms, lookMs))
  }

  return {
    now: () => wall,
    monotonic: () => monotonic,
    get latest() {
      return latest
    },
    pass,
    jump(ms) {
      move(ms, 0)
      pass(lookMs)
    },
    sleep(ms, isCounted) {
      move(ms, isCounted ? ms : 0)
      pass(lookMs)
    },
    timers() {
      // Sequelize leaves a timer without delay for each row that it builds.
      vi.advanceTimersByTime(0)
      return vi.getTimerCount()
    },
    dropTimers: () => void vi.clearAllTimers(),
    restore: () => void vi.useRealTimers(),
  }
}
