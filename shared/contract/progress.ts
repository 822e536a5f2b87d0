import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { procedure } from './errors.ts'
import { channelSchema } from './gateway.ts'
import { deliveryStatusSchema, idSchema, messageCountsSchema } from './values.ts'

export const changedEntities = [
  'clients',
  'deliveries',
  'segments',
  'templates',
  'gateway',
  'settings',
  'backups',
  'lock',
] as const

export const progressEventSchema = z.discriminatedUnion('type', [
  /** Counters or status of a delivery changed: at most four times a second per delivery. */
  z.object({
    type: z.literal('delivery'),
    id: idSchema,
    status: deliveryStatusSchema,
    messages: messageCountsSchema,
    /** The recent rate of final results, per second. */
    perSecond: z.number(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  }),
  z.object({ type: z.literal('channel'), channel: channelSchema }),
  /** Another entity changed: data read before is stale. */
  z.object({ type: z.literal('changed'), entity: z.enum(changedEntities) }),
])

export const progress = {
  /** Yields every change from the moment of the call. It ends only when the caller closes it or the program locks. */
  live: procedure.output(eventIterator(progressEventSchema)),
}

export type ProgressEvent = z.output<typeof progressEventSchema>
export type ChangedEntity = (typeof changedEntities)[number]
