const dayMs = 24 * 60 * 60 * 1000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Returns the calendar day (`YYYY-MM-DD`) of an instant (ms) in a time zone. */
export function localDay(at: number, timeZone: string): string {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    if (formats.size < 1000) formats.set(timeZone, format)
  }
  const { year = '', month, day } = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${year.padStart(4, '0')}-${month}-${day}`
}

/** Returns `count` calendar days that end with `last`, earliest first. */
export function daysUpTo(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00Z`)
  return Array.from({ length: count }, (_, n) => new Date(end - (count - 1 - n) * dayMs).toISOString().slice(0, 10))
}
