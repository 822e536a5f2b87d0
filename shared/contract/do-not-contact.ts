import * as z from 'zod'
import { keysetList, restProcedures } from './rest-procedures.ts'
import { idSchema, phoneSchema, refusedLineSchema } from './values.ts'

/** A phone that receives no messages, with its client if the directory has one. */
export const doNotContactEntrySchema = z.object({
  phone: z.string(),
  addedAt: z.string(),
  clientId: idSchema.nullable(),
  name: z.string().nullable(),
})

/** `search` is a phone in any spelling, or part of its digits. */
export const doNotContactQuerySchema = z.object({ search: z.string().trim().max(100).optional() })

/**
 * The result of adding phones. `marked + already + remembered + refused` equals `total`. `marked` are clients who are now opted out.
 * `already` were on the list, or are duplicates. `remembered` have no client yet.
 */
export const optOutReportSchema = z.object({
  total: z.int(),
  marked: z.int(),
  already: z.int(),
  remembered: z.int(),
  refused: z.int(),
  refusals: z.array(refusedLineSchema),
  /** Queued messages to those clients, cancelled by this change. */
  cancelledMessages: z.int(),
})

/**
 * Phones in any spelling, as text, a file or a list. Text has one or more phones per line, separated by commas, semicolons, tabs or
 * bars. Of a CSV file only the phone column is read.
 */
export const optOutInputSchema = z.object({
  phones: z.union([z.string(), z.file(), z.array(z.union([z.string(), z.number()]).transform(String)).max(100_000)], {
    error: 'must be text, a file, or a list of phones',
  }),
})

const rest = restProcedures('Do not contact')

export const doNotContact = {
  /** The console's list, newest first. */
  list: keysetList(doNotContactQuerySchema, doNotContactEntrySchema),
  page: rest.page(
    '/do-not-contact/',
    'List the phones on the do-not-contact list',
    doNotContactQuerySchema,
    doNotContactEntrySchema,
  ),
  /** Lets Herald send to the phone again. Messages that were cancelled stay cancelled. */
  remove: rest
    .delete('/do-not-contact/{phone}/', 'Remove a phone from the do-not-contact list')
    .input(z.object({ phone: phoneSchema }))
    .output(z.void()),
}

export type DoNotContactEntry = z.output<typeof doNotContactEntrySchema>
export type DoNotContactQuery = z.output<typeof doNotContactQuerySchema>
export type OptOutReport = z.output<typeof optOutReportSchema>
