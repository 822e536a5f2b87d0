import type { Clock } from '../base/clock.ts'

/** What a turn has to check, beside the queues. */
export interface Check {
  /** Deliveries may start or end now, or may have been edited. */
  readonly checkDeliveries: boolean
  /** By how many ms the wall clock was set back since the last turn; 0 when it was not. */
  readonly clockBackMs: number
}

/**
 * When the sender checks the deliveries: at the moments at which they start and end, whenever it is woken, and after the
 * wall clock was set back. A call during a check leads to another one: the first may have read before the change.
 */
export interface WakeSchedule {
  /** When the next check is due; null while none is. */
  readonly dueAt: number | null
  readonly clockWentBack: boolean
  /** Returns the wall clock in ms since the epoch, and notices when it has been set back. */
  readClock(): number
  /** Sets the latest moment that is known from the store, to be compared with the clock. */
  remember(moment: number): void
  /** Anything may have changed: check as soon as possible. */
  wake(): void
  start(now: number): Check
  /** The check is done. `nextAt` is when a delivery next starts or ends; undefined when the deliveries were not checked. */
  finish(nextAt: number | null | undefined): void
  /** The check failed and must be repeated. */
  fail(check: Check): void
}

/** A clock that is corrected by less has not gone back: no message waits noticeably longer for it. */
const toleranceMs = 1_000

/** Returns a schedule whose first check is due at once. `onClockBack` receives how many ms the clock was set back. */
export function createWakeSchedule(clock: Clock, onClockBack: (byMs: number) => void): WakeSchedule {
  let lastReadAt = 0
  let dueAt: number | null = 0
  let clockBackMs = 0

  return {
    get dueAt() {
      return dueAt
    },
    get clockWentBack() {
      return clockBackMs > 0
    },
    readClock() {
      const now = clock.now()
      const byMs = lastReadAt - now
      lastReadAt = now
      if (byMs > toleranceMs) {
        clockBackMs += byMs
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
    start(now) {
      const check = { checkDeliveries: dueAt !== null && dueAt <= now, clockBackMs }
      if (check.checkDeliveries) dueAt = null
      clockBackMs = 0
      return check
    },
    finish(nextAt) {
      if (nextAt !== null && nextAt !== undefined) dueAt = Math.min(nextAt, dueAt ?? nextAt)
    },
    fail(check) {
      dueAt = 0
      clockBackMs += check.clockBackMs
    },
  }
}
