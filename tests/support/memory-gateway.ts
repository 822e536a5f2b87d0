import type { Gateway, Outcome, Outgoing } from '#electron/gateways/gateway.ts'
import { http } from './gateway-answer.ts'

/** A request in flight, until the test ends it. */
export interface OpenFlight {
  readonly outgoing: Outgoing
  /** Ends it; only the first call has an effect. */
  settle(outcome: Outcome): void
}

/** A gateway without a network: each request waits until the test ends it or the sender gives it up. */
export interface MemoryGateway extends Gateway {
  /** In the order of their start. */
  readonly inFlight: readonly OpenFlight[]
  /** The sender's process is dead and receives no outcomes. */
  cutOff(): void
}

export interface GatewayWitness {
  /** Just before the request counts as open. */
  onRequest(outgoing: Outgoing): void
  /** Before the sender receives the outcome. */
  onEnd(outgoing: Outgoing, outcome: Outcome): void
  /** After the sender has received the outcome. */
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
    send(outgoing, settle) {
      onRequest(outgoing)
      const flight: OpenFlight = {
        outgoing,
        settle(outcome) {
          if (isCutOff || !open.includes(flight)) return
          open = open.filter((other) => other !== flight)
          onEnd(outgoing, outcome)
          settle(outcome)
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

/** Returns an outcome that is worth a retry. */
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
