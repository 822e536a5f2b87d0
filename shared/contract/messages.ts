import * as z from 'zod'
import { errorCodes } from '../domain/states.ts'
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

/** One request to the gateway that did not end in `sent`. */
export const attemptSchema = z.object({
  /** 1 for the first request. */
  number: z.int(),
  startedAt: z.string(),
  durationMs: z.int(),
  /** HTTP status, null when there was no answer. */
  httpStatus: z.int().nullable(),
  error: lastErrorSchema,
})

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
  /** `history` holds the attempts that did not end in `sent`, oldest first. */
  get: procedure
    .route({ method: 'GET', path: '/messages/{id}/', summary: 'Read a message and its attempts', tags: ['Messages'] })
    .input(z.object({ id: idSchema }))
    .output(messageSchema.extend({ history: z.array(attemptSchema) })),
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
export type MessageQuery = z.output<typeof messageQuerySchema>
export type LastError = z.output<typeof lastErrorSchema>
