import type { Clock } from '../base/clock.ts'

/** What a turn begins with. */
export interface Look {
  /** Deliveries may start or end now, or may have been changed. */
  readonly looksAround: boolean
  /** The wall clock has gone back since the turn before. */
  readonly clockWentBack: boolean
}

/**
 * When the sender looks at the deliveries: at the moments at which they start and end, whenever it is woken, and after the wall clock went
 * back. Whatever calls for a look while one is under way is answered by another one: what is found may be older than the call.
 */
export interface Lookout {
  /** When the next look is due; null while nothing calls for one. */
  readonly dueAt: number | null
  /** Reads the wall clock, in ms since the epoch, and notices when it has been set back. */
  readClock(): number
  /** The latest moment of which a trace was found at the start. */
  remember(moment: number): void
  /** Anything may have changed: look as soon as possible. */
  wake(): void
  begin(now: number): Look
  /** The look is over; `nextAt` is when a delivery next starts or ends, null when none does, and undefined when nobody looked around. */
  end(nextAt: number | null | undefined): void
  /** The look failed: what it was for is still to be done. */
  fail(look: Look): void
  readonly clockWentBack: boolean
}

/** A clock that is set right by so little has not gone back: nobody waits the longer for it. */
const toleranceMs = 1_000

/** A lookout with a first look due at once. `onClockBack` hears by how many milliseconds the clock was set back. */
export function createLookout(clock: Clock, onClockBack: (byMs: number) => void): Lookout {
  let lastReadAt = 0
  let dueAt: number | null = 0
  let clockWentBack = false

  return {
    get dueAt() {
      return dueAt
    },
    get clockWentBack() {
      return clockWentBack
    },
    readClock() {
      const now = clock.now()
      const byMs = lastReadAt - now
      lastReadAt = now
      if (byMs > toleranceMs) {
        clockWentBack = true
        dueAt = 0
        onClockBack(byMs)
      }
      return now
    },
    remember: (moment) => {
      lastReadAt = moment
    },
    wake: () => {
      dueAt = 0
    },
    begin(now) {
      const look = { looksAround: dueAt !== null && dueAt <= now, clockWentBack }
      if (look.looksAround) dueAt = null
      clockWentBack = false
      return look
    },
    end(nextAt) {
      if (nextAt !== null && nextAt !== undefined) dueAt = Math.min(nextAt, dueAt ?? nextAt)
    },
    fail(look) {
      dueAt = 0
      clockWentBack ||= look.clockWentBack
    },
  }
}
