/** The source of wall-clock time (milliseconds since the epoch). Tests replace it. */
export interface Clock {
  now(): number
}

export const wallClock: Clock = { now: () => Date.now() }

/** Converts a stored instant (milliseconds) to the contract's form (ISO 8601, UTC). */
export function toInstant(at: number): string
export function toInstant(at: number | null): string | null
export function toInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** Converts the contract's instant to milliseconds. */
export function fromInstant(instant: string): number {
  return Date.parse(instant)
}
