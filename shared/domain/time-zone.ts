/** Zones change their offset, and begin their days, only at quarters of an hour of UTC. */
export const quarterMs = 15 * 60_000

const known = new Map<string, string | null>()

/**
 * The platform's spelling of an IANA zone (`europe/moscow` → `Europe/Moscow`), or null when it knows no such zone.
 * Offsets such as `+03:00` are refused: they know no daylight saving.
 */
export function canonicalTimeZone(name: string): string | null {
  const before = known.get(name)
  if (before !== undefined) return before
  const verdict = lookUp(name)
  if (known.size < 10_000) known.set(name, verdict)
  return verdict
}

function lookUp(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    // An older name of a zone (`W-SU`) stays as it was given; only its letters' case is brought in order.
    return resolved.toLowerCase() === name.toLowerCase() ? resolved : name
  } catch {
    return null
  }
}

/** Whether the platform knows this IANA zone. */
export function isTimeZone(name: string): boolean {
  return canonicalTimeZone(name) !== null
}

/** The zone this machine lives in; UTC where the machine does not say. */
export function machineTimeZone(): string {
  // The types promise a name, but with a malformed TZ the platform answers `undefined` or `Etc/Unknown`.
  const name: string | undefined = Intl.DateTimeFormat().resolvedOptions().timeZone
  return name !== undefined && isTimeZone(name) ? name : 'UTC'
}
