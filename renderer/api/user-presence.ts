/** Kept for all windows: whoever works in one of them is there. */
const storageKey = 'herald.seen'

/** Writes down that somebody is here. */
export function recordPresence(): void {
  localStorage.setItem(storageKey, String(Date.now()))
}

/** How much is left (ms) of so many minutes in which nobody need be here; all of it where nothing was written down, or by a clock that was set back. */
export function msUntilIdle(minutes: number): number {
  const idleMs = minutes * 60_000
  const seenAt = localStorage.getItem(storageKey)
  return seenAt === null ? idleMs : Math.min(idleMs, idleMs - (Date.now() - Number(seenAt)))
}
