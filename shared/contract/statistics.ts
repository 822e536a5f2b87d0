import * as z from 'zod'
import { errorCodes } from '../domain/states.ts'
import { deliverySchema } from './deliveries.ts'
import { procedure } from './errors.ts'
import { deliveryStatusSchema, idSchema, messageCountsSchema, timeZoneSchema } from './values.ts'

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
  /** When the last of the messages may be tried that hours or a retry hold back; null when all are due. */
  waitsUntil: z.string().nullable(),
  /** Attempts that did not end in `sent`, by their error. */
  errors: z.array(z.object({ code: z.enum(errorCodes), count: z.int() })),
  /** Results over time; each point counts from `at` to the next point. */
  timeline: z.array(z.object({ at: z.string(), sent: z.int(), failed: z.int() })),
})

const daysSchema = z.object({
  /** The earliest first, today the last; a day without results is there with zeros. */
  days: z.array(z.object({ day: z.iso.date(), sent: z.int(), failed: z.int() })),
})

function detail(path: `/${string}`, summary: string) {
  return procedure
    .route({ method: 'GET', path, summary, tags: ['Statistics'] })
    .input(z.object({ id: idSchema }))
    .output(detailSchema)
}

export const statistics = {
  /** Everything, newest delivery first in `results`. */
  general: procedure
    .route({
      method: 'GET',
      path: '/deliveries/get_general_statistic/',
      summary: 'General statistics',
      tags: ['Statistics'],
    })
    .output(generalSchema),
  /** The results of all deliveries by the day on which they came in; a failure counts on its day, also when it is tried again later. */
  days: procedure
    .route({ method: 'GET', path: '/statistics/days/', summary: 'Results day by day', tags: ['Statistics'] })
    .input(
      z.object({
        /** Where the days begin; this machine's own zone unless given. */
        timeZone: timeZoneSchema.optional(),
        /** How many days, with today. */
        days: z.coerce.number().int().min(1).max(62).default(7),
      }),
    )
    .output(daysSchema),
  detail: detail('/deliveries/{id}/get_detail_statistic/', 'Statistics of one delivery'),
  /** The same under the name that the reference system answered to. */
  detailed: detail('/deliveries/{id}/get_detailed_statistic/', 'Statistics of one delivery (the older spelling)'),
}

export type GeneralStatistics = z.output<typeof generalSchema>
export type DayStatistics = z.output<typeof daysSchema>
export type DetailStatistics = z.output<typeof detailSchema>
