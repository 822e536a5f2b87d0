import * as z from 'zod'
import { activityReasonCodes } from '../domain/activity-reasons.ts'
import { idSchema, restListOf, restPageSchema } from './values.ts'

/** An event of a delivery, a message or a client, other than a request. Its subject is the most specific of the three ids. */
export const activityEntrySchema = z.object({
  id: idSchema,
  at: z.string(),
  deliveryId: idSchema.nullable(),
  messageId: idSchema.nullable(),
  clientId: idSchema.nullable(),
  /**
   * The new status of the delivery or message. For a client one of `created`, `imported`, `opted_out`, `opted_in`, `tagged`,
   * `untagged` and `deleted`.
   */
  status: z.string().nullable(),
  was: z.string().nullable(),
  /** Who caused it: `operator` is the user, null the program. */
  by: z.enum(['operator']).nullable(),
  because: z.enum(activityReasonCodes).nullable(),
  /** The time until which a message waits. */
  until: z.string().nullable(),
  /** The number of messages of the delivery that changed together. */
  messages: z.int().nullable(),
  /** Set if only messages to clients of this time zone changed. */
  timeZone: z.string().nullable(),
  /** The number of clients that changed together. */
  clients: z.int().nullable(),
  /** The tags that were added or removed. */
  tags: z.string().nullable(),
  /** The name of the segment that changed. */
  segment: z.string().nullable(),
  /** The name of the template that changed. */
  template: z.string().nullable(),
  /** The group of settings that changed. */
  settings: z.enum(['gateway', 'console', 'backups', 'lock']).nullable(),
  /** The fields that were changed. */
  edited: z.array(z.string()),
  /** The values before and after, as text, or null if there was none. Older events have no changes. */
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
})

/** Input and output of a page of events, newest first. */
export const activityPage = {
  input: restPageSchema.extend({ id: idSchema }),
  output: restListOf(activityEntrySchema),
}

export type ActivityEntry = z.output<typeof activityEntrySchema>
