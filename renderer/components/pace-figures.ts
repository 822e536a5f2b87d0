import type { Delivery } from '#shared/contract/deliveries.ts'
import { finishedCount, type MessageTotals } from './message-bar.tsx'

/** From the start to the last result; null while it is not over. */
export function msSpent({ startedAt, finishedAt }: Pick<Delivery, 'startedAt' | 'finishedAt'>): number | null {
  return startedAt === null || finishedAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))
}

/** Answers of the gateway per second over the whole; what came within one second counts as one second's work. */
export function averagePerSecond({ byStatus }: MessageTotals, takenMs: number): number {
  return (byStatus.sent + byStatus.failed) / Math.max(1, takenMs / 1000)
}

/** How much is settled, 0 to 1, cut rather than rounded: only all of it is everything. */
export function shareDone(messages: MessageTotals, steps: 100 | 1000): number {
  return messages.total === 0 ? 1 : Math.floor((finishedCount(messages) / messages.total) * steps) / steps
}

/** A speed as `format.rate` shows it, for the word beside it to agree with. */
export function shownRate(perSecond: number): number {
  return perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond)
}
