import type { TimelinePoint } from '../ports/statistics.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Widths of a bucket that a person reads easily, ascending. */
const widths = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  day,
]

/** The maximum number of points in a chart. */
const maxPoints = 300

/** How wide the points of a timeline are, in milliseconds, so that there are no more than a chart can show. */
export function bucketWidth(firstAt: number, lastAt: number): number {
  const fits = (width: number) => Math.floor(lastAt / width) - Math.floor(firstAt / width) < maxPoints
  const round = widths.find(fits)
  if (round !== undefined) return round
  let days = 2
  while (!fits(days * day)) days += 1
  return days * day
}

/** Puts a zero wherever nothing happened between the first and the last point. Points lie on multiples of the width, in order. */
export function fillGaps(points: readonly TimelinePoint[], width: number): TimelinePoint[] {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return []
  const known = new Map(points.map((point) => [point.at, point]))
  const count = (last.at - first.at) / width + 1
  return Array.from({ length: count }, (_, index) => {
    const at = first.at + index * width
    return known.get(at) ?? { at, sent: 0, failed: 0 }
  })
}
