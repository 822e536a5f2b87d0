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
  /** A delivery moved: at most four times a second for each. */
  z.object({
    type: z.literal('delivery'),
    id: idSchema,
    status: deliveryStatusSchema,
    messages: messageCountsSchema,
    /** Messages that got their final result, per second, over the last moments. */
    perSecond: z.number(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  }),
  z.object({ type: z.literal('channel'), channel: channelSchema }),
  /** Something else changed, so what was read of it before is stale. */
  z.object({ type: z.literal('changed'), entity: z.enum(changedEntities) }),
])

export const progress = {
  /** Every change as it happens, from the moment of the call; it never ends by itself. */
  live: procedure.output(eventIterator(progressEventSchema)),
}

export type ProgressEvent = z.output<typeof progressEventSchema>
export type ChangedEntity = (typeof changedEntities)[number]
