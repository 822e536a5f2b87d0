import * as z from 'zod'
import { daysOf, maxPeriodDays } from '../domain/period.ts'
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
  .refine((period) => period.since > period.until || daysOf(period).length <= maxPeriodDays, {
    path: ['until'],
    error: `at most ${maxPeriodDays} days at once: choose a later since`,
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

const words = z.string().max(500)

/** How an area is filled, so that areas differ on paper without colour. */
const fillingSchema = z.enum(['full', 'hatched', 'empty'])

/** A part of a document under its own heading, every word as the reader is to see it. */
const sectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), title: words, text: z.string().max(20_000) }),
  z.strictObject({
    kind: z.literal('facts'),
    title: words,
    facts: z.array(z.strictObject({ name: words, value: z.string().max(5000) })).max(100),
  }),
  /** Lines with a bar each; `share` of the longest one. */
  z.strictObject({
    kind: z.literal('bars'),
    title: words,
    bars: z
      .array(
        z.strictObject({
          name: words,
          values: z.array(words).max(4),
          share: z.number().min(0).max(1),
          filling: fillingSchema,
        }),
      )
      .max(200),
    /** Stands there when there are no lines. */
    none: words,
  }),
  /** Columns over time, each made of parts one above the other. */
  z.strictObject({
    kind: z.literal('columns'),
    title: words,
    parts: z
      .array(z.strictObject({ name: words, filling: fillingSchema }))
      .min(1)
      .max(4),
    columns: z.array(z.array(z.number().min(0)).max(4)).max(400),
    /** What stands at the left and at the right end, and the height of the tallest column. */
    first: words,
    last: words,
    highest: words,
    none: words,
  }),
])

/** A document to be printed or kept. */
export const documentSchema = z.strictObject({
  title: z.string().min(1).max(500),
  subtitle: words,
  footer: words,
  sections: z.array(sectionSchema).max(50),
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
  /** Sets a document as PDF on A4, with letters for both languages. */
  pdf: procedure.input(documentSchema).output(z.object({ pdf: z.base64() })),
}

export type ReportDocument = z.output<typeof documentSchema>
export type PeriodReport = z.output<typeof periodReportSchema>
