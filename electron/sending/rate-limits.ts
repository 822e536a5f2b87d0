import type { RunningDelivery } from '../store/send-queue/message-queue.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'

type Limited = Pick<RunningDelivery, 'id' | 'ratePerSecond'>

/** Holds each delivery to its own messages per second; one without a limit may always send. */
export interface RateLimits {
  /** How many messages of this delivery may go now. */
  allowed(delivery: Limited): number
  took(delivery: Limited, count: number): void
  /** How long until the next ones may go. */
  waitMs(delivery: Limited): number
}

/** `now` is a monotonic clock in milliseconds. */
export function createRateLimits(now: () => number): RateLimits {
  const buckets = new Map<number, TokenBucket>()

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

  return {
    allowed: (delivery) => bucketOf(delivery)?.available(now()) ?? Number.POSITIVE_INFINITY,
    took: (delivery, count) => bucketOf(delivery)?.take(count),
    waitMs: (delivery) => bucketOf(delivery)?.waitMs(now()) ?? 0,
  }
}
