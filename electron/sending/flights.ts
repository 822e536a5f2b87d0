import type { Clock } from '../base/clock.ts'
import type { Flight } from '../gateways/gateway.ts'

/** A request in flight and its deadlines. */
interface Watched {
  readonly deliveryId: number
  readonly flight: Flight
  readonly endsAt: number
  readonly deadline: number
}

/** The requests in flight: gives up those that take too long or whose delivery has ended. */
export interface Flights {
  add(
    messageId: number,
    flight: Flight,
    watch: { readonly deliveryId: number; readonly endsAt: number; readonly timeoutMs: number },
  ): void
  remove(messageId: number): void
  /** Returns the deliveries with requests in flight. */
  deliveries(): number[]
  /** Sets the current ends of deliveries: an edit may have moved one since the request began. */
  learnEnds(ends: ReadonlyMap<number, { readonly endsAt: number }>): void
  /** Gives everything up that has not ended within this time. */
  hurry(withinMs: number): void
  /** Stops watching. */
  close(): void
}

const sweepMs = 25

/** Watches by a regular sweep: far cheaper than a timer for each of thousands of requests per second. */
export function createFlights(clock: Clock, monotonic: () => number): Flights {
  const watched = new Map<number, Watched>()
  let ends: ReadonlyMap<number, { readonly endsAt: number }> = new Map()
  let lastDeadline = Number.POSITIVE_INFINITY
  let sweptAt = 0
  let timer: NodeJS.Timeout | undefined

  function close(): void {
    clearInterval(timer)
    timer = undefined
  }

  function sweep(): void {
    const now = clock.now()
    const elapsed = monotonic()
    // After a time in which nothing could run, answers may be waiting unread: they come first.
    const isLate = elapsed - sweptAt > 4 * sweepMs
    sweptAt = elapsed
    if (isLate) return
    for (const { deliveryId, flight, endsAt, deadline } of watched.values()) {
      if (now >= (ends.get(deliveryId)?.endsAt ?? endsAt)) flight.abort()
      else if (elapsed >= Math.min(deadline, lastDeadline)) flight.timeOut()
    }
    if (watched.size === 0) close()
  }

  return {
    add(messageId, flight, { deliveryId, endsAt, timeoutMs }) {
      watched.set(messageId, { deliveryId, flight, endsAt, deadline: monotonic() + timeoutMs })
      if (timer !== undefined) return
      sweptAt = monotonic()
      timer = setInterval(sweep, sweepMs)
    },
    remove: (messageId) => watched.delete(messageId),
    deliveries: () => [...new Set([...watched.values()].map(({ deliveryId }) => deliveryId))],
    learnEnds: (next) => {
      ends = next
    },
    hurry: (withinMs) => {
      lastDeadline = monotonic() + withinMs
    },
    close,
  }
}
