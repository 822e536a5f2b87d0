import * as z from 'zod'
import { errorCodes } from '../domain/states.ts'
import { timeZoneSchema } from '../domain/time-zone.ts'
import { deliverySchema } from './deliveries.ts'
import { procedure } from './errors.ts'
import { deliveryStatusSchema, idSchema, messageCountsSchema } from './values.ts'

const generalSchema = z.object({
  deliveries: z.object({ total: z.int(), byStatus: z.record(deliveryStatusSchema, z.int()) }),
  messages: messageCountsSchema,
  results: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      status: deliveryStatusSchema,
      startsAt: z.string(),
      endsAt: z.string(),
      messages: messageCountsSchema,
    }),
  ),
})

const detailSchema = z.object({
  delivery: deliverySchema,
  messages: messageCountsSchema,
  /** When the last deferred message becomes due, or null if all messages are due. */
  waitsUntil: z.string().nullable(),
  /** Failed attempts by error. */
  errors: z.array(z.object({ code: z.enum(errorCodes), count: z.int() })),
  /** Results over time. Each point counts from `at` to the next point. */
  timeline: z.array(z.object({ at: z.string(), sent: z.int(), failed: z.int() })),
})

const daysSchema = z.object({
  /** Earliest first, today last. Days without results have zeros. */
  days: z.array(z.object({ day: z.iso.date(), sent: z.int(), failed: z.int() })),
})

function detail(path: `/${string}`, summary: string) {
  return procedure
    .route({ method: 'GET', path, summary, tags: ['Statistics'] })
    .input(z.object({ id: idSchema }))
    .output(detailSchema)
}

export const statistics = {
  /** All deliveries, newest first in `results`. */
  general: procedure
    .route({
      method: 'GET',
      path: '/deliveries/get_general_statistic/',
      summary: 'Get general statistics',
      tags: ['Statistics'],
    })
    .output(generalSchema),
  /** The results of all deliveries by the day they were received. A failed attempt counts even if it is retried. */
  days: procedure
    .route({ method: 'GET', path: '/statistics/days/', summary: 'Get results per day', tags: ['Statistics'] })
    .input(
      z.object({
        /** The time zone of the days. Defaults to the machine's. */
        timeZone: timeZoneSchema.optional(),
        /** The number of days, including today. */
        days: z.coerce.number().int().min(1).max(62).default(7),
      }),
    )
    .output(daysSchema),
  detail: detail('/deliveries/{id}/get_detail_statistic/', 'Get statistics of one delivery'),
  /** The same, under another address of the reference system. */
  detailed: detail('/deliveries/{id}/get_detailed_statistic/', 'Get statistics of one delivery (alternative address)'),
}

export type GeneralStatistics = z.output<typeof generalSchema>
export type DayStatistics = z.output<typeof daysSchema>
export type DetailStatistics = z.output<typeof detailSchema>
