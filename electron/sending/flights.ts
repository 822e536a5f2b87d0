import type { Clock } from '../base/clock.ts'
import type { Flight } from '../gateways/gateway.ts'

/** A request under way and what ends it at the latest. */
interface Watched {
  readonly deliveryId: number
  readonly flight: Flight
  readonly endsAt: number
  readonly deadline: number
}

/** The requests under way: breaks off those that take too long or whose delivery has ended. */
export interface Flights {
  add(
    messageId: number,
    flight: Flight,
    watch: { readonly deliveryId: number; readonly endsAt: number; readonly timeoutMs: number },
  ): void
  remove(messageId: number): void
  /** The deliveries with requests under way. */
  deliveries(): number[]
  /** An edit may have moved a delivery's end since the request began: these are the ends as they stand now. */
  learnEnds(ends: ReadonlyMap<number, { readonly endsAt: number }>): void
  /** From now on nothing may take longer than this. */
  hurry(withinMs: number): void
  /** Stops watching. */
  close(): void
}

const sweepMs = 25

/** Watches with a sweep over everything: far cheaper than a timer for each of thousands of requests per second. */
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
    // After a stretch in which nothing could run, answers may be waiting unread: they go first.
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
