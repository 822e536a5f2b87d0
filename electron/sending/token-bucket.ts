/**
 * Lets so many messages through per second: what is not used is saved up for a quarter of a second at most. It begins empty, so that no
 * restart ever adds to what went out before it. Times are milliseconds of a monotonic clock.
 */
export interface TokenBucket {
  readonly ratePerSecond: number
  /** How many may go now. */
  available(now: number): number
  take(count: number): void
  /** How long until the next handful may go; a handful is what comes in a twentieth of a second, one at least. */
  waitMs(now: number): number
  /** From now on another rate counts; what was saved up stays, as far as the new rate would have let it. */
  change(ratePerSecond: number, now: number): void
}

export function createTokenBucket(ratePerSecond: number, begunAt: number): TokenBucket {
  let rate = ratePerSecond
  let tokens = 0
  let filledAt = begunAt

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
      const handful = Math.max(1, Math.floor(rate / 20))
      return Math.ceil((Math.max(0, handful - tokens) * 1000) / rate)
    },
    change(next, now) {
      fill(now)
      rate = next
      fill(now)
    },
  }
}
