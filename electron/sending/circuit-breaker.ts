/**
 * Whether the gateway is worth asking. A gateway that is down is not each message's fault: after so many transport
 * failures in a row the circuit opens, one probe at a time goes out with growing pauses, and the first answer closes it
 * (DOMAIN, rules of sending, 4). Times are milliseconds of a monotonic clock.
 */
export interface CircuitBreaker {
  readonly isOpen: boolean
  /** How many messages may be claimed now, out of `room`: all of it, one probe, or none. */
  allow(room: number, underWay: number, now: number): number
  /** The gateway could not be reached, or broke off. True when this opened the circuit or put the next probe off. */
  failed(now: number): boolean
  /** The gateway answered, whatever it said. True when this closed the circuit. */
  answered(): boolean
  /** When the next probe may go; null while the circuit is closed. */
  nextProbeAt(): number | null
}

export interface BreakerPolicy {
  /** Transport failures in a row that open the circuit. */
  readonly failures: number
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

/** DOMAIN, rules of sending, 4. */
export const breakerPolicy: BreakerPolicy = { failures: 20, firstPauseMs: 5_000, longestPauseMs: 120_000 }

/** A closed circuit. */
export function createCircuitBreaker(policy: BreakerPolicy): CircuitBreaker {
  let inARow = 0
  let probeAt: number | null = null
  let pauseMs = policy.firstPauseMs
  let probing = false

  const putOff = (now: number, nextPauseMs: number): boolean => {
    pauseMs = nextPauseMs
    probeAt = now + pauseMs
    probing = false
    return true
  }

  return {
    get isOpen() {
      return probeAt !== null
    },
    allow(room, underWay, now) {
      if (probeAt === null) return room
      if (now < probeAt || underWay > 0 || room < 1) return 0
      probing = true
      return 1
    },
    failed(now) {
      inARow += 1
      if (probeAt === null) return inARow >= policy.failures && putOff(now, policy.firstPauseMs)
      // Only a probe's own failure makes the pause grow; stragglers from before the opening do not.
      return probing && putOff(now, Math.min(pauseMs * 2, policy.longestPauseMs))
    },
    answered() {
      inARow = 0
      if (probeAt === null) return false
      probeAt = null
      return true
    },
    nextProbeAt: () => probeAt,
  }
}
