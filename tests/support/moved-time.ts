import { vi } from 'vitest'
import type { Clock } from '#electron/base/clock.ts'

/** Both clocks of a machine and its timers; they move only when the test moves them. */
export interface MovedTime extends Clock {
  /** Milliseconds that no setting of the wall clock moves. */
  monotonic(): number
  /** The latest that the wall clock has ever shown. */
  readonly latest: number
  /** Time passes: both clocks move, and what becomes due runs afterwards. */
  pass(ms: number): void
  /** Somebody sets the wall clock, forward or back; a moment later everybody has looked at it. */
  jump(ms: number): void
  /** The machine sleeps; some count the time on their monotonic clock, some do not. */
  sleep(ms: number, isCounted: boolean): void
  /** Timers that wait. */
  timers(): number
  /** Every timer is gone, as when a process dies. */
  dropTimers(): void
  /** Gives the real timers back. */
  restore(): void
}

/** Nobody naps longer than a second. */
export const lookMs = 1_050

/** Takes the timers of this thread; what runs between them, such as the store, is as real as ever. */
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
      // Sequelize leaves one of no delay behind each row that it makes.
      vi.advanceTimersByTime(0)
      return vi.getTimerCount()
    },
    dropTimers: () => void vi.clearAllTimers(),
    restore: () => void vi.useRealTimers(),
  }
}
