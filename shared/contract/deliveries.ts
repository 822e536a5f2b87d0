import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { filterSchema } from '../domain/filter.ts'
import type { DeliveryAction } from '../domain/states.ts'
import { failsWith } from '../errors/issue.ts'
import { activityPage } from './activity.ts'
import { appErrorSchema, appErrorShape, procedure } from './errors.ts'
import { attemptsPage, resolutionSchema } from './messages.ts'
import { keysetList, restProcedures } from './rest-procedures.ts'
import { textLengthsEventSchema, textLengthsQuerySchema } from './text-lengths.ts'
import {
  clockTimeSchema,
  deliveryStatusSchema,
  idSchema,
  instantSchema,
  messageCountsSchema,
  readOnlySchema,
} from './values.ts'

/** The hours of the client's local day in which messages may be sent. A window with `from` after `to` crosses midnight. */
export const windowSchema = z
  .strictObject({ from: clockTimeSchema, to: clockTimeSchema })
  .refine((window) => window.from !== window.to, {
    ...failsWith('window_empty'),
    path: ['to'],
  })
  .readonly()

const nameSchema = z.string().trim().min(1).max(200)
const textSchema = z.string().regex(/\S/, failsWith('empty')).max(10_000)
const rateSchema = z.int().min(1).max(100_000)

/** The fields that the user can set, without defaults. */
const deliveryFieldsSchema = z.strictObject({
  name: nameSchema,
  /** A Liquid template over `name`, `phone` and the client's attributes. */
  text: textSchema,
  filter: filterSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  window: windowSchema.nullable(),
  /** The delivery's maximum rate in messages per second. */
  ratePerSecond: rateSchema.nullable(),
})
const fields = deliveryFieldsSchema.shape

/**
 * A new delivery. `name` defaults to the beginning of the text, `startsAt` to now, `endsAt` to a day after the start.
 * Unless it is a draft, it is scheduled and starts as soon as `startsAt` is reached.
 */
export const deliveryInputSchema = deliveryFieldsSchema.extend({
  name: fields.name.optional(),
  filter: filterSchema.prefault({}),
  startsAt: fields.startsAt.optional(),
  endsAt: fields.endsAt.optional(),
  window: fields.window.default(null),
  ratePerSecond: fields.ratePerSecond.default(null),
  draft: z.boolean().default(false),
})

/** Some fields of a delivery. Omitted fields keep their values. */
export const deliveryPatchSchema = deliveryFieldsSchema.partial()

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
  /** Defaults to now. */
  startsAt: instantSchema.optional(),
  endsAt: instantSchema,
})

const reachSchema = z.object({
  clients: z.int(),
  /** Clients whose window does not open between the start and the end: their messages will expire. */
  unreachable: z.int(),
  /** When the first and the last of the other clients can be reached, or null if there are none. */
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
})

const rest = restProcedures('Deliveries')

/** A command that changes the status of a delivery: `POST /deliveries/{id}/{action}/`. */
function command(action: DeliveryAction, summary: string) {
  return rest.post(`/deliveries/{id}/${action}/`, summary).input(byId).output(deliverySchema)
}

export const deliveries = {
  /** The console's list, newest first. */
  list: keysetList(deliveryQuerySchema, deliverySchema),
  page: rest.page('/deliveries/', 'List deliveries', deliveryQuerySchema, deliverySchema),
  get: rest.get('/deliveries/{id}/', 'Get a delivery').input(byId).output(deliverySchema),
  create: rest.create('/deliveries/', 'Create a delivery').input(deliveryInputSchema).output(deliverySchema),
  update: rest
    .patch('/deliveries/{id}/', 'Update some fields of a delivery')
    .input(deliveryPatchSchema.extend({ id: idSchema }))
    .output(deliverySchema),
  replace: rest
    .put('/deliveries/{id}/', 'Replace all fields of a delivery')
    .input(deliveryInputSchema.omit({ draft: true }).extend({ id: idSchema, ...readOnlyFields }))
    .output(deliverySchema),
  /** Cancels the delivery, then deletes it with its messages. */
  delete: rest.delete('/deliveries/{id}/', 'Delete a delivery').input(byId).output(z.void()),
  /** Schedules a draft. It starts automatically at `startsAt`, or immediately if that has passed. */
  schedule: command('schedule', 'Schedule a draft'),
  /** Starts now, regardless of `startsAt`. Fails with CONFLICT if `endsAt` has passed. */
  start: command('start', 'Start a delivery now'),
  pause: command('pause', 'Pause a delivery'),
  resume: command('resume', 'Resume a paused delivery'),
  cancel: command('cancel', 'Cancel a delivery'),
  /** Queues the failed or uncertain messages again, with the same ids, until `endsAt`. */
  retry: rest
    .post('/deliveries/{id}/retry/', 'Queue failed (or uncertain) messages again')
    .input(byId.extend({ status: z.enum(['failed', 'uncertain']).default('failed') }))
    .output(deliverySchema),
  /** Resolves all uncertain messages of a delivery as the user decides. */
  resolveUncertain: rest
    .post('/deliveries/{id}/resolve_uncertain/', 'Resolve the uncertain messages of a delivery')
    .input(byId.extend({ as: resolutionSchema }))
    .output(deliverySchema),
  /** The events of a delivery, newest first. Its messages are counted, not listed. */
  activity: rest
    .get('/deliveries/{id}/activity/', 'List the events of a delivery')
    .input(activityPage.input)
    .output(activityPage.output),
  /** Every request of the delivery's messages, in order. */
  attempts: rest
    .get('/deliveries/{id}/attempts/', 'List the send attempts of a delivery')
    .input(attemptsPage.input)
    .output(attemptsPage.output),
  /** Returns how many clients the window allows a delivery to reach before its end. */
  reach: procedure.input(reachQuerySchema).output(reachSchema),
  /** Returns how many clients a filter selects now. */
  audience: procedure
    .input(z.object({ filter: filterSchema }))
    .output(z.object({ clients: z.int(), optedOut: z.int() })),
  /** Renders the text for the first clients of the audience, and reports its problems. */
  preview: procedure
    .input(z.object({ text: z.string().max(10_000), filter: filterSchema, clients: z.int().min(1).max(20).default(3) }))
    .output(
      z.object({
        problem: z.object({ ...appErrorShape, line: z.int(), column: z.int() }).nullable(),
        samples: z.array(
          z.object({
            clientId: z.int(),
            phone: z.string(),
            name: z.string(),
            text: z.string(),
            error: appErrorSchema.nullable(),
          }),
        ),
        /** Variables that some selected clients lack, with the number of those clients. */
        missing: z.array(z.object({ variable: z.string(), clients: z.int() })),
      }),
    ),
  /** Measures the text for every client of the audience. Yields progress, then the result. Closing the stream stops it. */
  lengths: procedure.input(textLengthsQuerySchema).output(eventIterator(textLengthsEventSchema)),
}

export type Delivery = z.output<typeof deliverySchema>
export type DeliveryInput = z.output<typeof deliveryInputSchema>
export type DeliveryPatch = z.output<typeof deliveryPatchSchema>
export type DeliveryQuery = z.output<typeof deliveryQuerySchema>
export type SendingWindow = z.output<typeof windowSchema>
export type ReachQuery = z.output<typeof reachQuerySchema>
export type Reach = z.output<typeof reachSchema>
