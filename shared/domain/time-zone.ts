import * as z from 'zod'
import { failsWith } from '../errors/issue.ts'

/** Time zones change their offset and start their days only at quarters of an hour in UTC. */
export const quarterMs = 15 * 60_000

const known = new Map<string, string | null>()

/**
 * Returns the canonical spelling of an IANA zone (`europe/moscow` → `Europe/Moscow`), or null if the platform does not know it.
 * Offsets such as `+03:00` are refused, since they have no daylight saving time.
 */
export function canonicalTimeZone(name: string): string | null {
  const cached = known.get(name)
  if (cached !== undefined) return cached
  const canonical = lookUp(name)
  if (known.size < 10_000) known.set(name, canonical)
  return canonical
}

function lookUp(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    // An alias (`W-SU`) is kept; only the case of the name is corrected.
    return resolved.toLowerCase() === name.toLowerCase() ? resolved : name
  } catch {
    return null
  }
}

/** Returns whether the platform knows this IANA zone. */
export function isTimeZone(name: string): boolean {
  return canonicalTimeZone(name) !== null
}

/** Returns the machine's time zone, or UTC if it is not known. */
export function machineTimeZone(): string {
  // With a malformed TZ the platform returns `undefined` or `Etc/Unknown`, despite the types.
  const name: string | undefined = Intl.DateTimeFormat().resolvedOptions().timeZone
  return name !== undefined && isTimeZone(name) ? name : 'UTC'
}

/** An IANA zone, in its canonical spelling. */
export const timeZoneSchema = z
  .string()
  .trim()
  .refine(isTimeZone, failsWith('time_zone_unknown'))
  .transform((name) => canonicalTimeZone(name) ?? name)
