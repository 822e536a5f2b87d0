import { quarterMs } from './time-zone.ts'

/** Hours of the client's local day, `HH:MM`. `from` is inclusive, `to` exclusive. If `from` is after `to`, it crosses midnight. */
export interface LocalWindow {
  readonly from: string
  readonly to: string
}

const minuteMs = 60_000
const dayMinutes = 1440
/** Every window opens within this time, even across DST changes. */
const horizonMs = 50 * 60 * minuteMs

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Returns the local minute of the day in an IANA zone at an instant (ms). */
export function localMinute(timeZone: string, at: number): number {
  let clock = clocks.get(timeZone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    clocks.set(timeZone, clock)
  }
  return minuteOf(clock.format(at))
}

/** Returns whether the local time in the zone is inside the window. */
export function isInside(window: LocalWindow, timeZone: string, at: number): boolean {
  return holds(window, localMinute(timeZone, at))
}

/**
 * Returns the first instant (ms) from `at` on that is inside the window. If clocks skip `from`, the window opens at the change. If
 * clocks repeat it, the window opens at the first of the two.
 */
export function opensAt(window: LocalWindow, timeZone: string, at: number): number {
  const from = minuteOf(window.from)
  let begin = at
  while (begin < at + horizonMs) {
    const end = (Math.floor(begin / quarterMs) + 1) * quarterMs
    const minute = localMinute(timeZone, begin)
    if (holds(window, minute)) return begin
    const wait = (from - minute + dayMinutes) % dayMinutes
    const opening = Math.floor(begin / minuteMs) * minuteMs + wait * minuteMs
    if (opening < end) return opening
    begin = end
  }
  // A skipped hour can contain a short window on one day, but not on two.
  return begin
}

function holds(window: LocalWindow, minute: number): boolean {
  const from = minuteOf(window.from)
  const to = minuteOf(window.to)
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
