import type { RunningDelivery } from '../store/ports/send-queue.ts'

type Limited = Pick<RunningDelivery, 'id' | 'ratePerSecond'>

/** The only place that limits messages per second: each delivery by its own rate, all together by the gateway's. */
export interface RateLimits {
  /** Sets the gateway's rate in messages per second; null is no limit. */
  setGatewayRate(ratePerSecond: number | null): void
  /** Returns how many messages may go now, all deliveries together. */
  allowedByGateway(): number
  /** Returns how many messages of this delivery may go now by its own rate. */
  allowedByDelivery(delivery: Limited): number
  /** Counts messages that go now against both rates. */
  take(delivery: Limited, count: number): void
  /** Returns the time in ms until the gateway's rate lets the next ones go; 0 when some may go now. */
  gatewayWaitMs(): number
  /** Returns the time in ms until this delivery's rate lets the next ones go. */
  deliveryWaitMs(delivery: Limited): number
}

/** The key for all deliveries together; no delivery has this id. */
const gatewayId = 0

/** `now` is a monotonic clock in milliseconds. */
export function createRateLimits(now: () => number): RateLimits {
  const buckets = new Map<number, TokenBucket>()
  let gateway: Limited = { id: gatewayId, ratePerSecond: null }

  const bucketOf = ({ id, ratePerSecond }: Limited): TokenBucket | null => {
    if (ratePerSecond === null) {
      buckets.delete(id)
      return null
    }
    const known = buckets.get(id)
    if (known !== undefined) {
      if (known.ratePerSecond !== ratePerSecond) known.change(ratePerSecond, now())
      return known
    }
    const bucket = createTokenBucket(ratePerSecond, now())
    buckets.set(id, bucket)
    return bucket
  }
  const allowed = (limited: Limited): number => bucketOf(limited)?.available(now()) ?? Number.POSITIVE_INFINITY
  const waitMs = (limited: Limited): number => bucketOf(limited)?.waitMs(now()) ?? 0

  return {
    setGatewayRate(ratePerSecond) {
      gateway = { id: gatewayId, ratePerSecond }
    },
    allowedByGateway: () => allowed(gateway),
    allowedByDelivery: allowed,
    take(delivery, count) {
      bucketOf(delivery)?.take(count)
      bucketOf(gateway)?.take(count)
    },
    gatewayWaitMs: () => (allowed(gateway) > 0 ? 0 : waitMs(gateway)),
    deliveryWaitMs: waitMs,
  }
}

/**
 * Lets n messages through per second and saves up what is unused for up to a quarter of a second. It starts empty, so
 * that a restart never adds to what went out before it. Times are ms of a monotonic clock.
 */
export interface TokenBucket {
  readonly ratePerSecond: number
  /** Returns how many may go now. */
  available(now: number): number
  take(count: number): void
  /** Returns the time until the next batch may go; a batch is what comes in a twentieth of a second, and at least one. */
  waitMs(now: number): number
  /** Changes the rate; what was saved up stays, as far as the new rate would have allowed it. */
  change(ratePerSecond: number, now: number): void
}

export function createTokenBucket(ratePerSecond: number, startedAt: number): TokenBucket {
  let rate = ratePerSecond
  let tokens = 0
  let filledAt = startedAt

  const fill = (now: number): void => {
    tokens = Math.min(Math.max(1, rate / 4), tokens + (Math.max(0, now - filledAt) * rate) / 1000)
    filledAt = Math.max(filledAt, now)
  }

  return {
    get ratePerSecond() {
      return rate
    },
    available(now) {
      fill(now)
      return Math.floor(tokens)
    },
    take: (count) => {
      tokens -= count
    },
    waitMs(now) {
      fill(now)
      const batch = Math.max(1, Math.floor(rate / 20))
      return Math.ceil((Math.max(0, batch - tokens) * 1000) / rate)
    },
    change(next, now) {
      fill(now)
      rate = next
      fill(now)
    },
  }
}
