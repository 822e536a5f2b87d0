import { quarterMs } from './time-zone.ts'

const maxCachedOffsets = 10_000

/** Returns a function that returns the offset (ms) of an IANA zone from UTC at an instant. It caches offsets. */
export function zoneOffsets(timeZone: string): (at: number) => number {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const known = new Map<number, number>()
  return (at) => {
    const quarter = Math.floor(at / quarterMs)
    let offset = known.get(quarter)
    if (offset === undefined) {
      offset = offsetMs(clock.formatToParts(quarter * quarterMs))
      if (known.size >= maxCachedOffsets) known.clear()
      known.set(quarter, offset)
    }
    return offset
  }
}

/** Parses `GMT+03:00` or `GMT-02:30:15`. `GMT` is 0. */
function offsetMs(parts: readonly Intl.DateTimeFormatPart[]): number {
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? []
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return sign === '-' ? -size : size
}
