import { quarterMs } from './time-zone.ts'

/** Hours of the client's own day, `HH:MM` each; `from` belongs to it, `to` does not; `from` after `to` crosses midnight. */
export interface LocalWindow {
  readonly from: string
  readonly to: string
}

const minuteMs = 60_000
const dayMinutes = 1440
/** A window that opens every day opens within this, whatever the clocks do. */
const horizonMs = 50 * 60 * minuteMs

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The minute of the day that the clocks of an IANA zone show at an instant. */
export function localMinute(timeZone: string, at: number): number {
  let clock = clocks.get(timeZone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    clocks.set(timeZone, clock)
  }
  return minuteOf(clock.format(at))
}

/** Whether the clocks of the zone show an hour inside the window. */
export function isInside(window: LocalWindow, timeZone: string, at: number): boolean {
  return holds(window, localMinute(timeZone, at))
}

/**
 * The first instant from `at` on that lies inside the window: `at` itself when it does. Where clocks go forward over
 * `from`, the window opens at the jump; where they go back, at the first of the two passes.
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
  // The missing hour can swallow a short window on one day, never on two.
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
