/**
 * Lets so many messages through per second: what is not used is saved up for a quarter of a second at most. It begins with one,
 * so that a restart never sends a second burst. Times are milliseconds of a monotonic clock.
 */
export interface TokenBucket {
  readonly ratePerSecond: number
  /** How many may go now. */
  available(now: number): number
  take(count: number): void
  /** How long until the next handful may go; a handful is what comes in a twentieth of a second, one at least. */
  waitMs(now: number): number
}

export function createTokenBucket(ratePerSecond: number, begunAt: number): TokenBucket {
  const capacity = Math.max(1, ratePerSecond / 4)
  const handful = Math.max(1, Math.floor(ratePerSecond / 20))
  let tokens = 1
  let filledAt = begunAt

  const fill = (now: number): void => {
    tokens = Math.min(capacity, tokens + (Math.max(0, now - filledAt) * ratePerSecond) / 1000)
    filledAt = Math.max(filledAt, now)
  }

  return {
    ratePerSecond,
    available(now) {
      fill(now)
      return Math.floor(tokens)
    },
    take: (count) => {
      tokens -= count
    },
    waitMs(now) {
      fill(now)
      return Math.ceil((Math.max(0, handful - tokens) * 1000) / ratePerSecond)
    },
  }
}
