import type { Channel } from '#shared/contract/gateway.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Clock } from '../base/clock.ts'
import type { Level } from '../base/trace-line.ts'
import type { Outcome } from '../gateways/gateway.ts'
import { type BreakerPolicy, createCircuitBreaker } from './circuit-breaker.ts'
import { isTransportFailure } from './failure-streak.ts'

/** The way to the gateway: open, down for the moment, or stopped until the operator mends it. */
export interface ChannelState {
  readonly isStopped: boolean
  /** Whether a failure now is the gateway's own and no message's. */
  readonly isDown: boolean
  /** How many messages may be claimed now, out of `room`. */
  allow(room: number, underWay: number): number
  /** How long until the next probe may go; null when nothing waits for one. */
  waitMs(): number | null
  /** What the end of a request says of the gateway. */
  hear(outcome: Outcome): void
  /** The operator has mended something: try again as if nothing had been. */
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

/** The channel in words for the log. What the gateway said to refuse the token stands with the request: it may repeat the text. */
export function describeChannel({ status, reason, nextProbeAt }: Channel): [level: Level, text: string] {
  if (status === 'open') return ['info', 'the channel is open']
  if (status === 'stopped')
    return ['error', `the channel is stopped: the gateway refuses the token (${/^HTTP \d+/.exec(reason ?? '')?.[0]})`]
  return ['warn', `the gateway cannot be reached (${reason}); the next probe goes out at ${nextProbeAt}`]
}

/** A channel that is open until the gateway says otherwise. */
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
    allow: (room, underWay) => (channel.status === 'stopped' ? 0 : breaker.allow(room, underWay, monotonic())),
    waitMs: () => (channel.status === 'stopped' ? null : waitMs()),
    hear(outcome) {
      switch (outcome.kind) {
        case 'accepted':
          return answered()
        case 'rejected':
          // A text that could not be rendered says nothing of the gateway.
          return outcome.httpStatus === null ? undefined : answered()
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
