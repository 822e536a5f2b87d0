import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { filterSchema } from '../domain/filter.ts'
import { activityPage } from './activity.ts'
import { procedure } from './errors.ts'
import { attemptsPage, resolutionSchema } from './messages.ts'
import { textLengthsEventSchema, textLengthsQuerySchema } from './text-lengths.ts'
import {
  clockTimeSchema,
  cursorSchema,
  deliveryStatusSchema,
  idSchema,
  instantSchema,
  keysetPageOf,
  messageCountsSchema,
  pageSizeSchema,
  readOnlySchema,
  restListOf,
  restPageSchema,
} from './values.ts'

/** Hours of the client's own day in which messages may go out; `from` after `to` crosses midnight. */
export const windowSchema = z
  .strictObject({ from: clockTimeSchema, to: clockTimeSchema })
  .refine((window) => window.from !== window.to, {
    error: 'the window must not be empty: from and to are the same',
    path: ['to'],
  })
  .readonly()

const nameSchema = z.string().trim().min(1, 'must not be empty').max(200)
const textSchema = z.string().regex(/\S/, 'must not be empty').max(10_000)
const rateSchema = z.int().min(1, 'must be at least 1').max(100_000)

/** Written as a draft, or put on the schedule at once (the default), where a start that is due begins immediately. */
export const deliveryInputSchema = z.strictObject({
  /** The beginning of the text unless given. */
  name: nameSchema.optional(),
  /** A Liquid template over `name`, `phone` and the client's attributes. */
  text: textSchema,
  filter: filterSchema.prefault({}),
  /** Now unless given. */
  startsAt: instantSchema.optional(),
  /** A day after the start unless given. */
  endsAt: instantSchema.optional(),
  window: windowSchema.nullable().default(null),
  /** Messages per second at most, for this delivery. */
  ratePerSecond: rateSchema.nullable().default(null),
  draft: z.boolean().default(false),
})

/** Fields left out stay as they are. */
export const deliveryPatchSchema = z.strictObject({
  name: nameSchema.optional(),
  text: textSchema.optional(),
  filter: filterSchema.optional(),
  startsAt: instantSchema.optional(),
  endsAt: instantSchema.optional(),
  window: windowSchema.nullable().optional(),
  ratePerSecond: rateSchema.nullable().optional(),
})

export const deliverySchema = z.object({
  id: idSchema,
  name: z.string(),
  text: z.string(),
  filter: filterSchema,
  startsAt: z.string(),
  endsAt: z.string(),
  window: z.object({ from: z.string(), to: z.string() }).nullable(),
  ratePerSecond: z.number().nullable(),
  status: deliveryStatusSchema,
  messages: messageCountsSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})

export const deliveryQuerySchema = z.strictObject({
  search: z.string().trim().max(200).optional(),
  status: deliveryStatusSchema.optional(),
})

const readOnlyFields = {
  status: readOnlySchema,
  messages: readOnlySchema,
  createdAt: readOnlySchema,
  updatedAt: readOnlySchema,
  startedAt: readOnlySchema,
  finishedAt: readOnlySchema,
}

const byId = z.object({ id: idSchema })

const reachQuerySchema = z.object({
  filter: filterSchema,
  window: windowSchema.nullable(),
  /** Now unless given. */
  startsAt: instantSchema.optional(),
  endsAt: instantSchema,
})

const reachSchema = z.object({
  clients: z.int(),
  /** Those whose window does not open between the start and the end: their messages will expire. */
  unreachable: z.int(),
  /** When the first and the last of the others can be reached; null when there are none. */
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
})

/** A step in the life of a delivery, as `POST /deliveries/{id}/{action}/`. */
function action(name: 'schedule' | 'start' | 'pause' | 'resume' | 'cancel', summary: string) {
  return procedure
    .route({ method: 'POST', path: `/deliveries/{id}/${name}/`, summary, tags: ['Deliveries'] })
    .input(byId)
    .output(deliverySchema)
}

export const deliveries = {
  /** The console's list: newest first, keyset pages. */
  list: procedure
    .input(deliveryQuerySchema.extend({ cursor: cursorSchema, limit: pageSizeSchema }))
    .output(keysetPageOf(deliverySchema)),
  page: procedure
    .route({ method: 'GET', path: '/deliveries/', summary: 'List deliveries', tags: ['Deliveries'] })
    .input(deliveryQuerySchema.extend(restPageSchema.shape))
    .output(restListOf(deliverySchema)),
  get: procedure
    .route({ method: 'GET', path: '/deliveries/{id}/', summary: 'Read a delivery', tags: ['Deliveries'] })
    .input(byId)
    .output(deliverySchema),
  create: procedure
    .route({
      method: 'POST',
      path: '/deliveries/',
      summary: 'Write a delivery',
      tags: ['Deliveries'],
      successStatus: 201,
    })
    .input(deliveryInputSchema)
    .output(deliverySchema),
  update: procedure
    .route({
      method: 'PATCH',
      path: '/deliveries/{id}/',
      summary: 'Change some fields of a delivery',
      tags: ['Deliveries'],
    })
    .input(deliveryPatchSchema.extend({ id: idSchema }))
    .output(deliverySchema),
  replace: procedure
    .route({ method: 'PUT', path: '/deliveries/{id}/', summary: 'Write a delivery anew', tags: ['Deliveries'] })
    .input(deliveryInputSchema.omit({ draft: true }).extend({ id: idSchema, ...readOnlyFields }))
    .output(deliverySchema),
  /** Cancels first, then removes the delivery with its messages. */
  delete: procedure
    .route({
      method: 'DELETE',
      path: '/deliveries/{id}/',
      summary: 'Delete a delivery',
      tags: ['Deliveries'],
      successStatus: 204,
    })
    .input(byId)
    .output(z.void()),
  /** Takes a draft onto the schedule: it starts by itself at `startsAt`, or at once when that has come. */
  schedule: action('schedule', 'Put a draft on the schedule'),
  /** Starts now, whatever `startsAt` said; an end that has passed by then is a conflict. */
  start: action('start', 'Start now'),
  pause: action('pause', 'Stop sending until resumed'),
  resume: action('resume', 'Go on sending'),
  cancel: action('cancel', 'Stop for good'),
  /** Sends the failed messages once more, or those whose fate is unknown, under the same ids, while the end has not come. */
  retry: procedure
    .route({
      method: 'POST',
      path: '/deliveries/{id}/retry/',
      summary: 'Put failed (or uncertain) messages back into the queue',
      tags: ['Deliveries'],
    })
    .input(byId.extend({ status: z.enum(['failed', 'uncertain']).default('failed') }))
    .output(deliverySchema),
  /** What the operator knows of all messages whose fate the program does not. */
  resolveUncertain: procedure
    .route({
      method: 'POST',
      path: '/deliveries/{id}/resolve_uncertain/',
      summary: 'Settle the messages whose fate is unknown',
      tags: ['Deliveries'],
    })
    .input(byId.extend({ as: resolutionSchema }))
    .output(deliverySchema),
  /** What happened to it, newest first; its messages are counted, not named. */
  activity: procedure
    .route({
      method: 'GET',
      path: '/deliveries/{id}/activity/',
      summary: 'What happened to a delivery',
      tags: ['Deliveries'],
    })
    .input(activityPage.input)
    .output(activityPage.output),
  /** Every request of its messages, in their order. */
  attempts: procedure
    .route({
      method: 'GET',
      path: '/deliveries/{id}/attempts/',
      summary: 'Every request of a delivery',
      tags: ['Deliveries'],
    })
    .input(attemptsPage.input)
    .output(attemptsPage.output),
  /** Whom the window lets a delivery reach before its end. */
  reach: procedure.input(reachQuerySchema).output(reachSchema),
  /** How many clients a filter selects at this moment. */
  audience: procedure
    .input(z.object({ filter: filterSchema }))
    .output(z.object({ clients: z.int(), optedOut: z.int() })),
  /** The text as the first clients of the audience would get it, and what is odd about it. */
  preview: procedure
    .input(z.object({ text: z.string().max(10_000), filter: filterSchema, clients: z.int().min(1).max(20).default(3) }))
    .output(
      z.object({
        problem: z.object({ message: z.string(), line: z.int(), column: z.int() }).nullable(),
        samples: z.array(
          z.object({
            clientId: z.int(),
            phone: z.string(),
            name: z.string(),
            text: z.string(),
            error: z.string().nullable(),
          }),
        ),
        /** Variables of the text that some of the selected clients do not have, with how many. */
        missing: z.array(z.object({ variable: z.string(), clients: z.int() })),
      }),
    ),
  /** Measures the text of every client of the audience. Yields progress, then the result; breaking off the stream stops it. */
  lengths: procedure.input(textLengthsQuerySchema).output(eventIterator(textLengthsEventSchema)),
}

export type Delivery = z.output<typeof deliverySchema>
export type DeliveryInput = z.output<typeof deliveryInputSchema>
export type DeliveryPatch = z.output<typeof deliveryPatchSchema>
export type DeliveryQuery = z.output<typeof deliveryQuerySchema>
export type SendingWindow = z.output<typeof windowSchema>
export type ReachQuery = z.output<typeof reachQuerySchema>
export type Reach = z.output<typeof reachSchema>
