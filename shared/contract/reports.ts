import * as z from 'zod'
import { daysOf, longestPeriodDays } from '../domain/period.ts'
import { procedure } from './errors.ts'
import { messageCountsSchema, timeZoneSchema } from './values.ts'

/** A period: days of a time zone's calendar, both included. */
export const periodSchema = z
  .strictObject({
    since: z.iso.date(),
    until: z.iso.date(),
    /** Where the days begin; this machine's own zone unless given. */
    timeZone: timeZoneSchema.optional(),
  })
  .refine(({ since, until }) => since <= until, { path: ['until'], error: 'must not be before since' })
  .refine((period) => period.since > period.until || daysOf(period).length <= longestPeriodDays, {
    path: ['until'],
    error: `at most ${longestPeriodDays} days at once: choose a later since`,
  })

/** What the messages of a period can be told apart by. */
export const periodParts = ['status', 'day', 'operatorCode', 'timeZone', 'tag'] as const
export type PeriodPart = (typeof periodParts)[number]

/** Null: clients who have none, or who are in the directory no more. */
const partSchema = z.array(z.object({ value: z.string().nullable(), messages: messageCountsSchema }))

const periodReportSchema = z.object({
  messages: messageCountsSchema,
  /** Every day of the period, the earliest first. */
  days: partSchema,
  /** Each of these adds up to all messages; the most frequent first. */
  operatorCodes: partSchema,
  timeZones: partSchema,
  /** A message to somebody with several tags counts with each of them. */
  tags: partSchema,
})

export const reports = {
  /**
   * What became of the messages of a period. One that was sent counts on the day on which it was; any other on the day on which its
   * delivery made it. Operator code, time zone and tags are those that the client has now; the code of who is gone is the phone's.
   */
  period: procedure
    .route({ method: 'GET', path: '/statistics/period/', summary: 'Messages of a period', tags: ['Statistics'] })
    .input(periodSchema)
    .output(periodReportSchema),
}

export type PeriodReport = z.output<typeof periodReportSchema>
