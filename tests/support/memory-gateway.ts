import type { Gateway, Outcome, Outgoing } from '#electron/gateways/gateway.ts'
import { http } from './gateway-answer.ts'

/** A request that has begun and whose end the test has not told yet. */
export interface OpenFlight {
  readonly outgoing: Outgoing
  /** Ends it; what comes after the first end is not heard. */
  settle(outcome: Outcome): void
}

/** A gateway without a network: each request waits until the test says how it ends, or the sender breaks it off. */
export interface MemoryGateway extends Gateway {
  /** In the order in which they began. */
  readonly inFlight: readonly OpenFlight[]
  /** The far side of a dead process: nothing that happens there is heard any more. */
  cutOff(): void
}

export interface GatewayWitness {
  /** Just before the request counts as open. */
  onRequest(outgoing: Outgoing): void
  /** Before the sender hears of the end. */
  onEnd(outgoing: Outgoing, outcome: Outcome): void
  /** After the sender has heard of it. */
  afterEnd(outgoing: Outgoing): void
}

export function createMemoryGateway({ onRequest, onEnd, afterEnd }: GatewayWitness): MemoryGateway {
  let open: OpenFlight[] = []
  let isCutOff = false
  return {
    get inFlight() {
      return open
    },
    open() {},
    send(outgoing, tell) {
      onRequest(outgoing)
      const flight: OpenFlight = {
        outgoing,
        settle(outcome) {
          if (isCutOff || !open.includes(flight)) return
          open = open.filter((other) => other !== flight)
          onEnd(outgoing, outcome)
          tell(outcome)
          afterEnd(outgoing)
        },
      }
      open = [...open, flight]
      return {
        timeOut: () => flight.settle(unavailable('timeout', null, null)),
        abort: () =>
          flight.settle({
            kind: 'aborted',
            mayHaveLeft: true,
            error: { code: 'aborted', detail: 'broken off at the end of the delivery' },
          }),
      }
    },
    cutOff() {
      isCutOff = true
      open = []
    },
    close: () => Promise.resolve(),
  }
}

/** Not now: worth another try. */
export function unavailable(
  code: 'timeout' | 'connection' | 'server_error' | 'rate_limited',
  httpStatus: number | null,
  retryAfterMs: number | null,
): Outcome {
  return {
    kind: 'unavailable',
    answer: httpStatus === null ? null : http(httpStatus),
    error: { code, detail: `made up: ${code}` },
    retryAfterMs,
  }
}
