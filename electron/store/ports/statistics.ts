import type { PeriodReport } from '#shared/contract/reports.ts'
import type { DayStatistics, DetailStatistics, GeneralStatistics } from '#shared/contract/statistics.ts'
import type { Period } from '#shared/domain/period.ts'
import type { DeliveryStatus, MessageCounts } from '#shared/domain/states.ts'

/** A delivery with its counters. Instants in milliseconds. */
export interface CountedDelivery extends MessageCounts {
  readonly id: number
  readonly name: string
  readonly status: DeliveryStatus
  readonly startsAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly endsAt: number
}

/** Results in one interval that begins at `at` (ms). */
export interface TimelinePoint {
  readonly at: number
  readonly sent: number
  readonly failed: number
}

export interface StatisticsReads {
  general(): Promise<GeneralStatistics>
  /** Returns the results of each of the last `count` days of a time zone. */
  days(query: { readonly timeZone: string; readonly count: number; readonly now: number }): Promise<DayStatistics>
  /** Returns a delivery's errors, the most frequent first, and its results over time. Throws `NotFoundError`. */
  ofDelivery(id: number, now: number): Promise<DetailStatistics>
  /** Returns the number of all deliveries, or of those with these ids. */
  countDeliveries(ids: readonly number[] | undefined): Promise<number>
  /** Returns the next deliveries, the newest first, with ids below `belowId`; null begins with the newest. */
  deliveriesBelow(ids: readonly number[] | undefined, belowId: number | null, limit: number): Promise<CountedDelivery[]>
  /** Returns the number of seconds in which a delivery had results. */
  countSeconds(deliveryId: number): Promise<number>
  /** Returns the next seconds with results of a delivery, after an instant. */
  secondsAfter(deliveryId: number, at: number, limit: number): Promise<TimelinePoint[]>
  /**
   * Returns the results of all messages of a period, by day, operator code, time zone and tag. The time zone is this
   * machine's unless given. `signal` stops it.
   */
  ofPeriod(period: Period & { readonly timeZone?: string | undefined }, signal?: AbortSignal): Promise<PeriodReport>
}
