import * as z from 'zod'
import { errorCodes } from '../domain/states.ts'
import { activityEntrySchema } from './activity.ts'
import { procedure } from './errors.ts'
import {
  cursorSchema,
  idSchema,
  keysetPageOf,
  messageStatusSchema,
  pageSizeSchema,
  restListOf,
  restPageSchema,
} from './values.ts'

/** A code from the closed list, and the gateway's own words where it had any. */
export const lastErrorSchema = z.object({ code: z.enum(errorCodes), detail: z.string() })

export const messageSchema = z.object({
  id: idSchema,
  deliveryId: idSchema,
  /** Null once the client is deleted. */
  clientId: idSchema.nullable(),
  /** As it was when the delivery started. */
  phone: z.string(),
  status: messageStatusSchema,
  attempts: z.int(),
  nextAttemptAt: z.string().nullable(),
  lastError: lastErrorSchema.nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
})

/** One request to the gateway. */
export const attemptSchema = z.object({
  /** 1 for the first request of its message. */
  number: z.int(),
  startedAt: z.string(),
  durationMs: z.int(),
  /** HTTP status, null when there was no answer. */
  httpStatus: z.int().nullable(),
  /** False for a failure of the gateway's own, which used up none of the message's attempts. */
  counted: z.boolean(),
  /** What the message was after it; null where that is not known any more. */
  status: messageStatusSchema.nullable(),
  /** What the gateway said to a message that it accepted, where that was more than the contract's own words. */
  answer: z.string().nullable(),
  /** Null: the gateway accepted the message. */
  error: lastErrorSchema.nullable(),
})

/** A message with everything that became of it, oldest first: every request, and what else happened to it or to its delivery. */
export const messageStorySchema = messageSchema.extend({
  history: z.array(attemptSchema),
  changes: z.array(activityEntrySchema),
})

/** A page of the requests of several messages, by message. */
export const attemptsPage = {
  input: restPageSchema.extend({ id: idSchema }),
  output: restListOf(attemptSchema.extend({ messageId: idSchema })),
}

export const messageQuerySchema = z.strictObject({
  deliveryId: idSchema.optional(),
  clientId: idSchema.optional(),
  status: messageStatusSchema.optional(),
})

/** What the operator says became of a message whose fate the program does not know. */
export const resolutionSchema = z.enum(['sent', 'resend', 'failed'])

export const messages = {
  list: procedure
    .input(messageQuerySchema.extend({ cursor: cursorSchema, limit: pageSizeSchema }))
    .output(keysetPageOf(messageSchema)),
  page: procedure
    .route({ method: 'GET', path: '/messages/', summary: 'List messages', tags: ['Messages'] })
    .input(messageQuerySchema.extend(restPageSchema.shape))
    .output(restListOf(messageSchema)),
  get: procedure
    .route({ method: 'GET', path: '/messages/{id}/', summary: 'Read a message and its attempts', tags: ['Messages'] })
    .input(z.object({ id: idSchema }))
    .output(messageStorySchema),
  /** Settles one message whose fate is unknown. */
  resolve: procedure
    .route({
      method: 'POST',
      path: '/messages/{id}/resolve/',
      summary: 'Settle a message whose fate is unknown',
      tags: ['Messages'],
    })
    .input(z.object({ id: idSchema, as: resolutionSchema }))
    .output(messageSchema),
}

export type Message = z.output<typeof messageSchema>
export type Attempt = z.output<typeof attemptSchema>
export type MessageStory = z.output<typeof messageStorySchema>
export type MessageQuery = z.output<typeof messageQuerySchema>
export type LastError = z.output<typeof lastErrorSchema>
