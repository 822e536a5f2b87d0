import type { Channel } from '#shared/contract/gateway.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Clock } from '../base/clock.ts'
import type { Level } from '../base/trace-line.ts'
import type { Outcome } from '../gateways/gateway.ts'
import { isTransportFailure } from './transport-failures.ts'

/** Whether messages can reach the gateway: open, down for now, or stopped until the user changes something. */
export interface ChannelState {
  readonly isStopped: boolean
  /** Whether a failure now is the gateway's fault and not a message's. */
  readonly isDown: boolean
  /** Returns how many messages may be claimed now, out of `room`. */
  allow(room: number, inFlight: number): number
  /** Returns the time in ms until the next probe may go; null when nothing waits for one. */
  waitMs(): number | null
  /** Draws conclusions about the gateway from the end of a request. */
  observe(outcome: Outcome): void
  /** The user has changed something: forget all failures. */
  reopen(): void
}

export interface ChannelOptions {
  readonly policy: BreakerPolicy
  readonly clock: Clock
  /** A monotonic clock in milliseconds. */
  readonly monotonic: () => number
  readonly onChange: (channel: Channel) => void
}

const open: Channel = { status: 'open', reason: null, since: null, nextProbeAt: null }

/** Returns the channel's state for the log. The gateway's words are left to the request's line: they may repeat the text. */
export function describeChannel({ status, reason, nextProbeAt }: Channel): [level: Level, text: string] {
  if (status === 'open') return ['info', 'the channel is open']
  if (status === 'stopped')
    return ['error', `the channel is stopped: the gateway refuses the token (${/^HTTP \d+/.exec(reason ?? '')?.[0]})`]
  return ['warn', `the gateway cannot be reached (${reason}); the next probe goes out at ${nextProbeAt}`]
}

/** Returns a channel that is open until a request fails. */
export function createChannel({ policy, clock, monotonic, onChange }: ChannelOptions): ChannelState {
  let breaker = createCircuitBreaker(policy)
  let channel = open

  const change = (next: Channel): void => {
    channel = next
    onChange(next)
  }
  const at = (ms: number): string => new Date(ms).toISOString()

  function failed(reason: string): void {
    const moved = breaker.failed(monotonic())
    if (!moved || channel.status === 'stopped') return
    const since = channel.since ?? at(clock.now())
    change({ status: 'down', reason, since, nextProbeAt: at(clock.now() + (waitMs() ?? 0)) })
  }

  function answered(): void {
    if (breaker.answered() && channel.status === 'down') change(open)
  }

  function waitMs(): number | null {
    const probeAt = breaker.nextProbeAt()
    return probeAt === null ? null : Math.max(0, probeAt - monotonic())
  }

  return {
    get isStopped() {
      return channel.status === 'stopped'
    },
    get isDown() {
      return breaker.isOpen
    },
    allow: (room, inFlight) => (channel.status === 'stopped' ? 0 : breaker.allow(room, inFlight, monotonic())),
    waitMs: () => (channel.status === 'stopped' ? null : waitMs()),
    observe(outcome) {
      switch (outcome.kind) {
        case 'accepted':
          return answered()
        case 'rejected':
          // A text that could not be rendered says nothing about the gateway.
          return outcome.answer === null ? undefined : answered()
        case 'unauthorized':
          answered()
          if (channel.status !== 'stopped')
            change({ status: 'stopped', reason: outcome.error.detail, since: at(clock.now()), nextProbeAt: null })
          return
        case 'unavailable':
          return isTransportFailure(outcome.error.code) ? failed(outcome.error.detail) : answered()
        case 'aborted':
        case 'withheld':
          return
        default:
          return assertNever(outcome)
      }
    },
    reopen() {
      breaker = createCircuitBreaker(policy)
      if (channel.status !== 'open') change(open)
    },
  }
}

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
function createCircuitBreaker(policy: BreakerPolicy): CircuitBreaker {
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
