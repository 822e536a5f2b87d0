import type { DetailStatistics } from '#shared/contract/statistics.ts'

type Timeline = DetailStatistics['timeline']

/** Results between `at` (Unix ms) and `at + stepMs`. */
export interface Moment {
  readonly at: number
  readonly sent: number
  readonly failed: number
}

export interface EvenTimeline {
  readonly stepMs: number
  readonly moments: readonly Moment[]
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const steps = [1, 2, 5, 10, 15, 30]
  .flatMap((each) => [each * second, each * minute])
  .concat(hour, 2 * hour, 6 * hour, 12 * hour)
const stepsMs = [...steps].sort((one, other) => one - other)

/** More points than this are indistinguishable on a chart. */
const maxMoments = 180

/**
 * Spreads results evenly over time, including moments without results, so that a pause is visible. The step is as short
 * as the points and their maximum number allow. A running delivery is drawn up to now; the last, incomplete moment is
 * omitted, because it would look like a drop.
 */
export function spreadEvenly(timeline: Timeline, growsUntil: number | null): EvenTimeline {
  const points = timeline.map((point) => ({ ...point, at: Date.parse(point.at) }))
  const first = points[0]?.at
  const newest = points.at(-1)?.at
  if (first === undefined || newest === undefined) return { stepMs: second, moments: [] }
  const last = Math.max(newest, growsUntil ?? newest)
  const closest = points.reduce((gap, { at }, index) => {
    const before = points[index - 1]
    return before === undefined ? gap : Math.min(gap, at - before.at)
  }, Number.POSITIVE_INFINITY)
  const minStepMs = Math.max((last - first) / maxMoments, Number.isFinite(closest) ? closest : second)
  const stepMs = stepsMs.find((step) => step >= minStepMs) ?? Math.ceil(minStepMs / (24 * hour)) * 24 * hour
  const from = Math.floor(first / stepMs)
  const moments = Array.from({ length: Math.floor(last / stepMs) - from + 1 }, (_, index) => ({
    at: (from + index) * stepMs,
    sent: 0,
    failed: 0,
  }))
  for (const { at, sent, failed } of points) {
    const moment = moments[Math.floor(at / stepMs) - from]
    if (moment === undefined) continue
    moment.sent += sent
    moment.failed += failed
  }
  if (growsUntil !== null && moments.length > 2) moments.pop()
  // A single point draws no line, so an empty moment follows it.
  const only = moments[0]
  if (moments.length === 1 && only !== undefined) moments.push({ at: only.at + stepMs, sent: 0, failed: 0 })
  return { stepMs, moments }
}

/** Round moments for the axis, about `wanted` of them. */
export function axisTicks({ moments }: EvenTimeline, count: number): number[] {
  const from = moments[0]?.at
  const to = moments.at(-1)?.at
  if (from === undefined || to === undefined) return []
  const step = stepsMs.find((each) => (to - from) / each <= count) ?? 24 * hour
  const ticks: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at)
  return ticks
}
