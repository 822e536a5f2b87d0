import * as z from 'zod'
import { activityReasonCodes } from '../domain/activity-reasons.ts'
import { idSchema, restListOf, restPageSchema } from './values.ts'

/** Something that happened to a delivery, a message or a client, beside the requests. It is about the last of the three that it names. */
export const activityEntrySchema = z.object({
  id: idSchema,
  at: z.string(),
  deliveryId: idSchema.nullable(),
  messageId: idSchema.nullable(),
  clientId: idSchema.nullable(),
  /** What it is now: a status of a delivery or a message; of a client `created`, `imported`, `opted_out`, `opted_in`, `tagged`, `untagged`; `deleted`. */
  status: z.string().nullable(),
  was: z.string().nullable(),
  /** Null: the program, by its rules. */
  by: z.enum(['operator']).nullable(),
  because: z.enum(activityReasonCodes).nullable(),
  /** Until when a message waits. */
  until: z.string().nullable(),
  /** So many messages of the delivery at once. */
  messages: z.int().nullable(),
  /** Only those to clients of this zone. */
  timeZone: z.string().nullable(),
  /** So many clients at once. */
  clients: z.int().nullable(),
  /** The tags that were given or taken. */
  tags: z.string().nullable(),
  /** The name of a segment, where it is about one. */
  segment: z.string().nullable(),
  /** The name of a template, where it is about one. */
  template: z.string().nullable(),
  /** Whose settings were changed, where it is about no delivery and no client. */
  settings: z.enum(['gateway', 'console', 'backups', 'lock']).nullable(),
  /** The fields that were changed. */
  edited: z.array(z.string()),
  /** What they were and are, in words; null where there was, or is, nothing. Kept since there is a journal. */
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
})

/** A page of what happened to one thing, newest first. */
export const activityPage = {
  input: restPageSchema.extend({ id: idSchema }),
  output: restListOf(activityEntrySchema),
}

export type ActivityEntry = z.output<typeof activityEntrySchema>
