import * as z from 'zod'
import { reasonCodes } from '../domain/reasons.ts'
import { idSchema, restListOf, restPageSchema } from './values.ts'

/** Something that happened to a delivery, a message or a client, beside the requests. It is about the last of the three that it names. */
export const activityEntrySchema = z.object({
  id: idSchema,
  at: z.string(),
  deliveryId: idSchema.nullable(),
  messageId: idSchema.nullable(),
  clientId: idSchema.nullable(),
  /** What it is now: a status of a delivery or a message, `deleted`, or of a client `opted_out` and `opted_in`. */
  status: z.string().nullable(),
  was: z.string().nullable(),
  /** Null: the program, by its rules. */
  by: z.enum(['operator']).nullable(),
  because: z.enum(reasonCodes).nullable(),
  /** Until when a message waits. */
  until: z.string().nullable(),
  /** So many messages of the delivery at once. */
  messages: z.int().nullable(),
  /** Only those to clients of this zone. */
  timeZone: z.string().nullable(),
  /** The fields that were changed. */
  edited: z.array(z.string()),
})

/** A page of what happened to one thing, newest first. */
export const activityPage = {
  input: restPageSchema.extend({ id: idSchema }),
  output: restListOf(activityEntrySchema),
}

export type ActivityEntry = z.output<typeof activityEntrySchema>
