import { quarterMs } from './time-zone.ts'

const knownAtMost = 10_000

/** Tells by how many milliseconds the clocks of an IANA zone are ahead of UTC at an instant; what it looked up it remembers. */
export function zoneOffsets(timeZone: string): (at: number) => number {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const known = new Map<number, number>()
  return (at) => {
    const quarter = Math.floor(at / quarterMs)
    let offset = known.get(quarter)
    if (offset === undefined) {
      offset = offsetMs(clock.formatToParts(quarter * quarterMs))
      if (known.size >= knownAtMost) known.clear()
      known.set(quarter, offset)
    }
    return offset
  }
}

/** `GMT+03:00` or `GMT-02:30:15`; plain `GMT` is none. */
function offsetMs(parts: readonly Intl.DateTimeFormatPart[]): number {
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? []
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return sign === '-' ? -size : size
}
