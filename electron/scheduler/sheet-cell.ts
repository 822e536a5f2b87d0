/**
 * Returns a workbook cell as a CSV file would have it: a number in full and never as `7.9E10`, a day as `2026-11-25`, a
 * moment with its time. Workbooks have no time zones.
 */
export function textOfCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return textOfMoment(value)
  if (typeof value === 'number') return textOfNumber(value)
  return String(value)
}

function textOfNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)
}

/** A workbook counts days in fractions, so a moment may be a millisecond off. */
function textOfMoment(value: Date): string {
  const [day = '', time = ''] = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().split('T')
  const clock = time.slice(0, 8)
  if (clock === '00:00:00') return day
  // A time of day without a date is on the day before the first.
  const shown = clock.endsWith(':00') ? clock.slice(0, 5) : clock
  return day < '1900-01-01' ? shown : `${day} ${shown}`
}
