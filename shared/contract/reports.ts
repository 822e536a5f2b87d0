import * as z from 'zod'
import { daysOf, maxPeriodDays } from '../domain/period.ts'
import { timeZoneSchema } from '../domain/time-zone.ts'
import { failsWith } from '../errors/issue.ts'
import { procedure } from './errors.ts'
import { messageCountsSchema } from './values.ts'

/** A period: calendar days of a time zone, both inclusive. */
export const periodSchema = z
  .strictObject({
    since: z.iso.date(),
    until: z.iso.date(),
    /** The time zone of the days. Defaults to the machine's. */
    timeZone: timeZoneSchema.optional(),
  })
  .refine(({ since, until }) => since <= until, { path: ['until'], ...failsWith('period_reversed') })
  .refine((period) => period.since > period.until || daysOf(period).length <= maxPeriodDays, {
    path: ['until'],
    ...failsWith('period_too_long', { maxDays: maxPeriodDays }),
  })

/** What the messages of a period can be grouped by. */
export const periodParts = ['status', 'day', 'operatorCode', 'timeZone', 'tag'] as const
export type PeriodPart = (typeof periodParts)[number]

/** `value` is null for clients without one, and for deleted clients. */
const partSchema = z.array(z.object({ value: z.string().nullable(), messages: messageCountsSchema }))

const periodReportSchema = z.object({
  messages: messageCountsSchema,
  /** Every day of the period, earliest first. */
  days: partSchema,
  /** Most frequent first. Their messages add up to the total. */
  operatorCodes: partSchema,
  timeZones: partSchema,
  /** A message to a client with several tags counts for each of them. */
  tags: partSchema,
})

const label = z.string().max(500)

/** The pattern of an area. Patterns differ when printed without colour. */
const fillingSchema = z.enum(['full', 'hatched', 'empty'])

/** A section of a document. All texts are in the user's language. */
const sectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), title: label, text: z.string().max(20_000) }),
  z.strictObject({
    kind: z.literal('facts'),
    title: label,
    facts: z.array(z.strictObject({ name: label, value: z.string().max(5000) })).max(100),
  }),
  /** Rows with a bar each. `share` is relative to the longest bar. */
  z.strictObject({
    kind: z.literal('bars'),
    title: label,
    bars: z
      .array(
        z.strictObject({
          name: label,
          values: z.array(label).max(4),
          share: z.number().min(0).max(1),
          filling: fillingSchema,
        }),
      )
      .max(200),
    /** The text to show when there are no rows. */
    none: label,
  }),
  /** Stacked columns over time. */
  z.strictObject({
    kind: z.literal('columns'),
    title: label,
    parts: z
      .array(z.strictObject({ name: label, filling: fillingSchema }))
      .min(1)
      .max(4),
    columns: z.array(z.array(z.number().min(0)).max(4)).max(400),
    /** Labels of the left end, the right end and the highest column. */
    first: label,
    last: label,
    highest: label,
    none: label,
  }),
])

/** A document to print or save. */
export const documentSchema = z.strictObject({
  title: z.string().min(1).max(500),
  subtitle: label,
  footer: label,
  sections: z.array(sectionSchema).max(50),
})

export const reports = {
  /**
   * Counts the messages of a period. A sent message counts on the day it was sent, any other on the day it was created. Operator code,
   * time zone and tags are the client's current ones. For a deleted client the operator code is the phone's.
   */
  period: procedure
    .route({
      method: 'GET',
      path: '/statistics/period/',
      summary: 'Get the messages of a period',
      tags: ['Statistics'],
    })
    .input(periodSchema)
    .output(periodReportSchema),
  /** Renders a document as PDF on A4, with Latin and Cyrillic fonts. */
  pdf: procedure.input(documentSchema).output(z.object({ pdf: z.base64() })),
}

export type ReportDocument = z.output<typeof documentSchema>
export type PeriodReport = z.output<typeof periodReportSchema>
