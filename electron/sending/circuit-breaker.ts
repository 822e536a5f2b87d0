/**
 * Stops requests to a gateway that is down, which is no message's fault: after n transport failures in a row the circuit
 * opens, one probe at a time goes out with growing pauses, and the first answer closes it (DOMAIN, rules of sending, 4).
 * Times are ms of a monotonic clock.
 */
export interface CircuitBreaker {
  readonly isOpen: boolean
  /** Returns how many messages may be claimed now, out of `room`: all of it, one probe, or none. */
  allow(room: number, inFlight: number, now: number): number
  /** A transport failure. Returns whether it opened the circuit or delayed the next probe. */
  failed(now: number): boolean
  /** Any answer of the gateway. Returns whether it closed the circuit. */
  answered(): boolean
  /** Returns when the next probe may go; null while the circuit is closed. */
  nextProbeAt(): number | null
}

export interface BreakerPolicy {
  /** Transport failures in a row that open the circuit. */
  readonly failures: number
  readonly firstPauseMs: number
  readonly maxPauseMs: number
}

/** DOMAIN, rules of sending, 4. */
export const breakerPolicy: BreakerPolicy = { failures: 20, firstPauseMs: 5_000, maxPauseMs: 120_000 }

/** Returns a closed circuit. */
export function createCircuitBreaker(policy: BreakerPolicy): CircuitBreaker {
  let inARow = 0
  let probeAt: number | null = null
  let pauseMs = policy.firstPauseMs
  let probing = false

  const delayProbe = (now: number, nextPauseMs: number): boolean => {
    pauseMs = nextPauseMs
    probeAt = now + pauseMs
    probing = false
    return true
  }

  return {
    get isOpen() {
      return probeAt !== null
    },
    allow(room, inFlight, now) {
      if (probeAt === null) return room
      if (now < probeAt || inFlight > 0 || room < 1) return 0
      probing = true
      return 1
    },
    failed(now) {
      inARow += 1
      if (probeAt === null) return inARow >= policy.failures && delayProbe(now, policy.firstPauseMs)
      // Only a failed probe makes the pause longer; requests from before the opening do not.
      return probing && delayProbe(now, Math.min(pauseMs * 2, policy.maxPauseMs))
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
