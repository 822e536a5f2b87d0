import type { TFunction } from 'i18next'
import { roundRange, type TimeLeft } from './time-left.ts'

/** `12 to 15 minutes`, `less than 5 seconds`, `about 3 hours`. */
export function formatTimeLeft(left: TimeLeft, t: TFunction<'shell'>): string {
  const { unit, from, to } = roundRange(left)
  if (from === 0) return t(`timeLeft.under.${unit}`, { count: to })
  return from === to ? t(`timeLeft.about.${unit}`, { count: to }) : t(`timeLeft.range.${unit}`, { from, count: to })
}
