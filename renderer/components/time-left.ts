import type { TFunction } from 'i18next'

/** The progress of a running delivery. */
export interface DeliveryProgress {
  /** Messages without a final result. */
  readonly waiting: number
  /** Results per second over the last minute, one value for each second with an event. */
  readonly recentRates: readonly number[]
  /** Milliseconds until the last message may be tried (closed hours, retries); zero or less if all are due. */
  readonly dueInMs: number
  readonly endsInMs: number
}

export interface TimeLeft {
  readonly fromMs: number
  readonly toMs: number
  /** Whether the delivery ends first: unsent messages then expire. */
  readonly end: 'in-time' | 'may-cut' | 'cuts'
}

/** The speed is never assumed to fall below this fraction of its mean. */
const minSpeedShare = 1 / 3

/**
 * Estimates how long a delivery still takes: its mean speed plus or minus one standard deviation, and at least the wait
 * for hours or retries. Null if nothing is left, or if nothing moves and nothing is waited for.
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

/** A range in whole units of one kind, rounded outward so that it promises no more than is known. */
export interface RoundedRange {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days'
  readonly from: number
  readonly to: number
}

/** Rounds a range to the largest unit that is still precise enough. */
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
