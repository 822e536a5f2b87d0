import { localDay } from './local-day.ts'

const quarterMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000
/** No zone's clocks are further from UTC than this. */
const farthestMs = 15 * 60 * 60_000

/** So many days are looked at at once. */
export const longestPeriodDays = 366

/** Days of the calendar, both of them included. */
export interface Period {
  readonly since: string
  readonly until: string
}

/** The days of a period, the earliest first. */
export function daysOf({ since, until }: Period): string[] {
  const [begin, end] = [Date.parse(since), Date.parse(until)]
  return Array.from({ length: Math.round((end - begin) / dayMs) + 1 }, (_, n) =>
    new Date(begin + n * dayMs).toISOString().slice(0, 10),
  )
}

/** When a period begins in a time zone, and when it is over. */
export function instantsOf({ since, until }: Period, timeZone: string): { readonly from: number; readonly to: number } {
  const dayAfter = new Date(Date.parse(until) + dayMs).toISOString().slice(0, 10)
  return { from: beginOf(since, timeZone), to: beginOf(dayAfter, timeZone) }
}

/** The first moment of a day; it begins with a quarter of an hour of UTC everywhere. */
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
