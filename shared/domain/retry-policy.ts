/** How often a message is tried, and how long it waits in between. */
export interface RetryPolicy {
  readonly baseMs: number
  /** The maximum back-off. */
  readonly capMs: number
  /** The maximum number of attempts. */
  readonly attempts: number
}

/** DOMAIN, rules of sending, 4. */
export const retryPolicy: RetryPolicy = { baseMs: 2_000, capMs: 300_000, attempts: 10 }
