/** Shared by all windows: work in one of them counts for all. */
const storageKey = 'herald.seen'

/** Records that the user is active now. */
export function recordPresence(): void {
  localStorage.setItem(storageKey, String(Date.now()))
}

/**
 * The milliseconds left of `minutes` without activity. The full time if nothing was recorded or the clock was set back.
 */
export function msUntilIdle(minutes: number): number {
  const idleMs = minutes * 60_000
  const seenAt = localStorage.getItem(storageKey)
  return seenAt === null ? idleMs : Math.min(idleMs, idleMs - (Date.now() - Number(seenAt)))
}
