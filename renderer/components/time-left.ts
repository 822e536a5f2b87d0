import type { TFunction } from 'i18next'

/** What is known of a delivery on its way. */
export interface DeliveryProgress {
  /** Messages without their final result. */
  readonly waiting: number
  /** Results per second over the last minute, one figure for each second that was told of. */
  readonly recentRates: readonly number[]
  /** How long until the last of them may be tried (closed hours, retries); nothing or less: all are due. */
  readonly dueInMs: number
  readonly endsInMs: number
}

export interface TimeLeft {
  readonly fromMs: number
  readonly toMs: number
  /** Whether the end comes first: what has not gone out by then expires. */
  readonly end: 'in-time' | 'may-cut' | 'cuts'
}

/** However uneven the speed was, it is not taken to fall below this share of its mean. */
const minSpeedShare = 1 / 3

/**
 * How long a delivery still takes: the mean of its recent speed, one standard deviation to either side, and never less than
 * what waits for its hours or its next attempt needs. Null while nothing moves and nothing is waited for, or nothing is left.
 */
export function estimateTimeLeft({ waiting, recentRates, dueInMs, endsInMs }: DeliveryProgress): TimeLeft | null {
  if (waiting === 0) return null
  const waits = Math.max(0, dueInMs)
  const mean = recentRates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, recentRates.length)
  if (mean <= 0) return waits === 0 ? null : bounded(waits, waits, endsInMs)
  const variance = recentRates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / recentRates.length
  const deviation = Math.sqrt(variance)
  const fastest = (waiting / (mean + deviation)) * 1000
  const slowest = (waiting / Math.max(mean - deviation, mean * minSpeedShare)) * 1000
  return bounded(Math.max(fastest, waits), waits + slowest, endsInMs)
}

function bounded(fromMs: number, toMs: number, endsInMs: number): TimeLeft {
  const most = Math.max(0, endsInMs)
  const end = fromMs > most ? 'cuts' : toMs > most ? 'may-cut' : 'in-time'
  return { fromMs: Math.min(fromMs, most), toMs: Math.min(toMs, most), end }
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A range as people say it: whole units of one kind, outward, so that it promises no more than it knows. */
export interface RoundedRange {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days'
  readonly from: number
  readonly to: number
}

/** The widest unit in which the range still says something. */
export function roundRange({ fromMs, toMs }: Pick<TimeLeft, 'fromMs' | 'toMs'>): RoundedRange {
  if (toMs <= 90 * second) return outward('seconds', fromMs, toMs, 5 * second, 5)
  if (toMs <= 90 * minute) return outward('minutes', fromMs, toMs, minute, 1)
  if (toMs <= 2 * day) return outward('hours', fromMs, toMs, hour, 1)
  return outward('days', fromMs, toMs, day, 1)
}

function outward(unit: RoundedRange['unit'], fromMs: number, toMs: number, stepMs: number, each: number): RoundedRange {
  const to = Math.max(1, Math.ceil(toMs / stepMs)) * each
  return { unit, from: Math.floor(fromMs / stepMs) * each, to }
}

/** `12 to 15 minutes`, `less than 5 seconds`, `about 3 hours`. */
export function formatTimeLeft(left: TimeLeft, t: TFunction<'shell'>): string {
  const { unit, from, to } = roundRange(left)
  if (from === 0) return t(`timeLeft.under.${unit}`, { count: to })
  return from === to ? t(`timeLeft.about.${unit}`, { count: to }) : t(`timeLeft.range.${unit}`, { from, count: to })
}
