import { daysUpTo, localDay } from './local-day.ts'
import { quarterMs } from './time-zone.ts'

const dayMs = 24 * 60 * 60_000
/** No zone's clocks are further from UTC than this. */
const farthestMs = 15 * 60 * 60_000

/** So many days are looked at at once. */
export const maxPeriodDays = 366

/** Days of the calendar, both of them included. */
export interface Period {
  readonly since: string
  readonly until: string
}

/** The days of a period, the earliest first. */
export function daysOf({ since, until }: Period): string[] {
  return daysUpTo(until, (Date.parse(until) - Date.parse(since)) / dayMs + 1)
}

/** When a period begins in a time zone, and when it is over. */
export function instantsOf({ since, until }: Period, timeZone: string): { readonly from: number; readonly to: number } {
  const dayAfter = new Date(Date.parse(until) + dayMs).toISOString().slice(0, 10)
  return { from: beginOf(since, timeZone), to: beginOf(dayAfter, timeZone) }
}

/** The first moment of a day. */
function beginOf(day: string, timeZone: string): number {
  const midnight = Date.parse(day)
  let [early, late] = [midnight - farthestMs, midnight + farthestMs]
  while (late - early > quarterMs) {
    const middle = early + Math.floor((late - early) / quarterMs / 2) * quarterMs
    if (localDay(middle, timeZone) < day) early = middle
    else late = middle
  }
  return late
}
