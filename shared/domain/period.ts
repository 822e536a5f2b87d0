import { daysUpTo, localDay } from './local-day.ts'
import { quarterMs } from './time-zone.ts'

const dayMs = 24 * 60 * 60_000
/** No time zone's offset from UTC is larger. */
const maxOffsetMs = 15 * 60 * 60_000

export const maxPeriodDays = 366

/** Calendar days, both inclusive. */
export interface Period {
  readonly since: string
  readonly until: string
}

/** Returns the days of a period, earliest first. */
export function daysOf({ since, until }: Period): string[] {
  return daysUpTo(until, (Date.parse(until) - Date.parse(since)) / dayMs + 1)
}

/** Returns the start (inclusive) and the end (exclusive) of a period in a time zone, in milliseconds. */
export function instantsOf({ since, until }: Period, timeZone: string): { readonly from: number; readonly to: number } {
  const dayAfter = new Date(Date.parse(until) + dayMs).toISOString().slice(0, 10)
  return { from: startOf(since, timeZone), to: startOf(dayAfter, timeZone) }
}

/** Returns the first instant (ms) of a day, to a quarter of an hour. */
function startOf(day: string, timeZone: string): number {
  const midnight = Date.parse(day)
  let [early, late] = [midnight - maxOffsetMs, midnight + maxOffsetMs]
  while (late - early > quarterMs) {
    const middle = early + Math.floor((late - early) / quarterMs / 2) * quarterMs
    if (localDay(middle, timeZone) < day) early = middle
    else late = middle
  }
  return late
}
