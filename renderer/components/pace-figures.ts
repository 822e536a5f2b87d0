import type { Delivery } from '#shared/contract/deliveries.ts'
import { finishedCount, type MessageTotals } from './message-bar.tsx'

/** Milliseconds from the start to the last result; null while the delivery is not finished. */
export function msSpent({ startedAt, finishedAt }: Pick<Delivery, 'startedAt' | 'finishedAt'>): number | null {
  return startedAt === null || finishedAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))
}

/** Gateway answers per second over the whole duration, which counts as one second at least. */
export function averagePerSecond({ byStatus }: MessageTotals, spentMs: number): number {
  return (byStatus.sent + byStatus.failed) / Math.max(1, spentMs / 1000)
}

/** The finished fraction, 0 to 1, rounded down: only a finished delivery shows 100 %. */
export function shareDone(messages: MessageTotals, steps: 100 | 1000): number {
  return messages.total === 0 ? 1 : Math.floor((finishedCount(messages) / messages.total) * steps) / steps
}

/** A rate rounded as `format.rate` shows it, for plural forms. */
export function shownRate(perSecond: number): number {
  return perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond)
}
