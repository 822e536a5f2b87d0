import * as z from 'zod'
import { procedure } from './errors.ts'
import {
  cursorSchema,
  idSchema,
  keysetPageOf,
  pageSizeSchema,
  phoneSchema,
  refusedLineSchema,
  restListOf,
  restPageSchema,
} from './values.ts'

/** A phone that nothing is sent to, and who has it, where the directory knows. */
export const doNotContactEntrySchema = z.object({
  phone: z.string(),
  addedAt: z.string(),
  clientId: idSchema.nullable(),
  name: z.string().nullable(),
})

/** `search` is a phone in any spelling, or some of its digits. */
export const doNotContactQuerySchema = z.object({ search: z.string().trim().max(100).optional() })

/**
 * What became of the phones of a list. `marked + already + remembered + refused` is `total`. Marked are clients who have opted out by
 * it; already stood on the list, or came twice; remembered are phones of nobody in the directory, should one come later.
 */
export const optOutReportSchema = z.object({
  total: z.int(),
  marked: z.int(),
  already: z.int(),
  remembered: z.int(),
  refused: z.int(),
  refusals: z.array(refusedLineSchema),
  /** Queued messages to those clients, which do not go out any more. */
  cancelledMessages: z.int(),
})

/**
 * Phones in any spelling: one or many to a line, apart by commas, semicolons, tabs or bars, or a CSV file, of which only the column
 * with the phones counts. Text as it was pasted, a file, or a list.
 */
export const optOutInputSchema = z.object({
  phones: z.union([z.string(), z.file(), z.array(z.union([z.string(), z.number()]).transform(String)).max(100_000)], {
    error: 'must be text, a file, or a list of phones',
  }),
})

export const doNotContact = {
  /** The console's list, the newest first: keyset pages. */
  list: procedure
    .input(doNotContactQuerySchema.extend({ cursor: cursorSchema, limit: pageSizeSchema }))
    .output(keysetPageOf(doNotContactEntrySchema)),
  page: procedure
    .route({
      method: 'GET',
      path: '/do-not-contact/',
      summary: 'List the phones that nothing is sent to',
      tags: ['Do not contact'],
    })
    .input(doNotContactQuerySchema.extend(restPageSchema.shape))
    .output(restListOf(doNotContactEntrySchema)),
  /** Whoever has the phone may be written to again; what was cancelled stays so. */
  remove: procedure
    .route({
      method: 'DELETE',
      path: '/do-not-contact/{phone}/',
      summary: 'Take a phone off the list',
      tags: ['Do not contact'],
      successStatus: 204,
    })
    .input(z.object({ phone: phoneSchema }))
    .output(z.void()),
}

export type DoNotContactEntry = z.output<typeof doNotContactEntrySchema>
export type DoNotContactQuery = z.output<typeof doNotContactQuerySchema>
export type OptOutReport = z.output<typeof optOutReportSchema>
