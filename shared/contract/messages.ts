import * as z from 'zod'
import { resolutions } from '../domain/retry-and-resolve.ts'
import { errorCodes } from '../domain/states.ts'
import { activityEntrySchema } from './activity.ts'
import { appErrorSchema } from './errors.ts'
import { keysetList, restProcedures } from './rest-procedures.ts'
import { idSchema, messageStatusSchema, restListOf, restPageSchema } from './values.ts'

/** The error of an attempt: a code, and the gateway's own text if it sent one. */
export const lastErrorSchema = z.object({
  code: z.enum(errorCodes),
  detail: z.string(),
  /** What `detail` says, as data, where the text could not be rendered. */
  reason: appErrorSchema.optional(),
})

export const messageSchema = z.object({
  id: idSchema,
  deliveryId: idSchema,
  /** Null once the client is deleted. */
  clientId: idSchema.nullable(),
  /** The client's phone when the delivery started. */
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
  /** The HTTP status, or null if there was no answer. */
  httpStatus: z.int().nullable(),
  /** False if the gateway was at fault: such an attempt does not count towards the limit. */
  counted: z.boolean(),
  /** The message's status after the attempt, or null if it was not recorded. */
  status: messageStatusSchema.nullable(),
  /** The gateway's answer to an accepted message, if it differs from the contract's. */
  answer: z.string().nullable(),
  /** Null if the gateway accepted the message. */
  error: lastErrorSchema.nullable(),
})

/** A message with its history, oldest first: every request, and every other event of the message or its delivery. */
export const messageStorySchema = messageSchema.extend({
  history: z.array(attemptSchema),
  changes: z.array(activityEntrySchema),
})

/** Input and output of a page of attempts of several messages. */
export const attemptsPage = {
  input: restPageSchema.extend({ id: idSchema }),
  output: restListOf(attemptSchema.extend({ messageId: idSchema })),
}

export const messageQuerySchema = z.strictObject({
  deliveryId: idSchema.optional(),
  clientId: idSchema.optional(),
  status: messageStatusSchema.optional(),
})

/** How the user resolves an uncertain message. */
export const resolutionSchema = z.enum(resolutions)

const rest = restProcedures('Messages')

export const messages = {
  list: keysetList(messageQuerySchema, messageSchema),
  page: rest.page('/messages/', 'List messages', messageQuerySchema, messageSchema),
  get: rest
    .get('/messages/{id}/', 'Get a message with its history')
    .input(z.object({ id: idSchema }))
    .output(messageStorySchema),
  resolve: rest
    .post('/messages/{id}/resolve/', 'Resolve an uncertain message')
    .input(z.object({ id: idSchema, as: resolutionSchema }))
    .output(messageSchema),
}

export type Message = z.output<typeof messageSchema>
export type Attempt = z.output<typeof attemptSchema>
export type MessageStory = z.output<typeof messageStorySchema>
export type MessageQuery = z.output<typeof messageQuerySchema>
export type LastError = z.output<typeof lastErrorSchema>
