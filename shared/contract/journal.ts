import * as z from 'zod'
import { activityEntrySchema } from './activity.ts'
import { procedure } from './errors.ts'
import {
  cursorSchema,
  idSchema,
  instantSchema,
  keysetPageOf,
  pageSizeSchema,
  restListOf,
  restPageSchema,
} from './values.ts'

/** Which of the things that people did: all, or those to one delivery or client, or of a time. */
export const journalQuerySchema = z.strictObject({
  deliveryId: idSchema.optional(),
  clientId: idSchema.optional(),
  since: instantSchema.optional(),
  /** Up to this moment, without it. */
  until: instantSchema.optional(),
})

/** What people did, the newest first: every change with what was before and after. What happened to messages stands with them. */
export const journal = {
  list: procedure
    .input(journalQuerySchema.extend({ cursor: cursorSchema, limit: pageSizeSchema }))
    .output(keysetPageOf(activityEntrySchema)),
  page: procedure
    .route({
      method: 'GET',
      path: '/activity/',
      summary: 'List what was done, with before and after',
      tags: ['Activity'],
    })
    .input(journalQuerySchema.extend(restPageSchema.shape))
    .output(restListOf(activityEntrySchema)),
}

export type JournalQuery = z.output<typeof journalQuerySchema>
