import type { Clock } from '../base/clock.ts'
import type { Gateway, Outcome } from '../gateways/gateway.ts'
import type { ChannelState } from './channel.ts'
import type { Claimed } from './claims.ts'
import type { DeliveryTexts } from './client-text.ts'
import type { Flights } from './flights.ts'
import { permissionFor } from './permission.ts'
import type { Finished } from './results.ts'
import type { TransportFailures } from './transport-failures.ts'

/** Where messages are sent, and how fast. */
export interface Target {
  readonly gateway: Gateway
  /** The maximum of messages that are claimed on disk and have no result yet. */
  readonly concurrency: number
  readonly timeoutMs: number
  /** The maximum of messages per second, all deliveries together; null is no limit. */
  readonly ratePerSecond: number | null
}

export interface RequestParts {
  readonly clock: Clock
  /** A monotonic clock in milliseconds. */
  readonly monotonic: () => number
  readonly channel: ChannelState
  readonly flights: Flights
  readonly texts: DeliveryTexts
  readonly failures: TransportFailures
  readonly target: () => Target | null
  readonly onEnd: (finished: Finished) => void
}

/** Starts the request for one claimed message, unless it is no longer allowed to go. `onEnd` hears how it ended. */
export function startRequest(parts: RequestParts, claimed: Claimed): void {
  const { clock, monotonic, channel, flights, failures } = parts
  const { delivery, message } = claimed
  const startedAt = clock.now()
  const begunAt = monotonic()
  const target = parts.target()
  let { text } = delivery

  const end = (outcome: Outcome): void => {
    flights.remove(message.id)
    // A late answer of a gateway that has been replaced says nothing about the new one.
    const isCurrent = target === parts.target()
    if (isCurrent) channel.observe(outcome)
    const durationMs = Math.round(monotonic() - begunAt)
    const finished = { claimed, outcome, startedAt, durationMs, keepsAttempt: channel.isDown, text }
    if (isCurrent) failures.add(finished, channel.isDown)
    parts.onEnd(finished)
  }

  if (target === null || channel.isStopped || permissionFor(delivery, message, startedAt).kind !== 'go')
    return end({ kind: 'withheld' })
  const rendered = parts.texts.render(delivery, message)
  if (!rendered.ok) return end({ kind: 'rejected', answer: null, error: { code: 'template', detail: rendered.reason } })
  text = rendered.text
  const { id, phone } = message
  const flight = target.gateway.send({ id, phone, text, client: message, delivery }, end)
  flights.add(message.id, flight, { deliveryId: delivery.id, endsAt: delivery.endsAt, timeoutMs: target.timeoutMs })
}
