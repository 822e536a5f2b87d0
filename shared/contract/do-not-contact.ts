import type { OpenAPI } from '@orpc/contract'
import * as z from 'zod'
import { phoneSchema } from '../domain/phone.ts'
import { failsWith } from '../errors/issue.ts'
import { keysetList, restProcedures } from './rest-procedures.ts'
import { idSchema, refusedLineSchema } from './values.ts'

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
const phoneListSchema = z.union(
  [z.string(), z.file(), z.array(z.union([z.string(), z.number()]).transform(String)).max(100_000)],
  failsWith('phones_type'),
)
type PhoneList = z.input<typeof phoneListSchema>

/** Typed clients send `{ phones }`; the body of a REST request may also be the list itself. */
export const optOutInputSchema = z
  .custom<{ readonly phones: PhoneList }>()
  .transform((given: unknown) => (isBareList(given) ? { phones: given } : given))
  .pipe(z.object({ phones: phoneListSchema }))

function isBareList(given: unknown): boolean {
  return typeof given === 'string' || Array.isArray(given) || given instanceof Blob
}

/** The bodies that the reference describes for `clients.optOut`. */
export const optOutBody: OpenAPI.RequestBodyObject = {
  required: true,
  content: {
    'text/plain': { schema: { type: 'string' }, example: '+7 900 123-45-67\n8 (900) 123-45-68; 79001234569\n' },
    'text/csv': { schema: { type: 'string' }, example: 'name,phone\nAnna,+7 900 123-45-67\n' },
    'application/json': {
      schema: {
        type: 'object',
        properties: { phones: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] } },
        required: ['phones'],
      },
      example: { phones: ['+7 900 123-45-67', '8 900 123-45-68'] },
    },
  },
}

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
