/** Where wall-clock time comes in, so that tests can move it. Milliseconds since the epoch. */
export interface Clock {
  now(): number
}

export const wallClock: Clock = { now: () => Date.now() }

/** The stored form of an instant (milliseconds) as the contract's (ISO 8601, UTC). */
export function toInstant(at: number): string
export function toInstant(at: number | null): string | null
export function toInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** The contract's instant as milliseconds. */
export function fromInstant(instant: string): number {
  return Date.parse(instant)
}
