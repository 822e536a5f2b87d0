import * as z from 'zod'
import { activityEntrySchema } from './activity.ts'
import { keysetList, restProcedures } from './rest-procedures.ts'
import { idSchema, instantSchema } from './values.ts'

/** Filters of the journal. Without any it lists every user action. */
export const journalQuerySchema = z.strictObject({
  deliveryId: idSchema.optional(),
  clientId: idSchema.optional(),
  since: instantSchema.optional(),
  /** Exclusive. */
  until: instantSchema.optional(),
})

const rest = restProcedures('Activity')

/** The user's actions, newest first: every change with its values before and after. Changes of messages are in their history. */
export const journal = {
  list: keysetList(journalQuerySchema, activityEntrySchema),
  page: rest.page(
    '/activity/',
    'List user actions with the values before and after',
    journalQuerySchema,
    activityEntrySchema,
  ),
}

export type JournalQuery = z.output<typeof journalQuerySchema>
