import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { procedure } from './errors.ts'
import { cursorSchema, idSchema, instantSchema } from './values.ts'

export const logNames = ['sending', 'program'] as const
export const logLevels = ['info', 'warn', 'error'] as const

export const logLineSchema = z.object({
  /** Its place: the same line has the same one, as long as it is kept. */
  place: z.string(),
  at: z.string(),
  level: z.enum(logLevels),
  /** Names and values, or words; more lines than one where it tells where a fault arose. */
  text: z.string(),
})

export const logQuerySchema = z.strictObject({
  log: z.enum(logNames).default('sending'),
  deliveryId: idSchema.optional(),
  messageId: idSchema.optional(),
  clientId: idSchema.optional(),
  /** This one and worse. */
  level: z.enum(logLevels).default('info'),
  since: instantSchema.optional(),
  /** Up to this moment, without it. */
  until: instantSchema.optional(),
  /** Some of its letters, whatever their case. */
  search: z.string().trim().max(200).optional(),
})

export const log = {
  /**
   * Lines of the log, the newest first. It looks through a part of the log at a time: where `nextCursor` is given there may be
   * more, also when few lines or none were found.
   */
  list: procedure
    .route({ method: 'GET', path: '/log/', summary: 'Read the log', tags: ['Activity'] })
    .input(
      logQuerySchema.extend({ cursor: cursorSchema, limit: z.coerce.number().int().min(1).max(1000).default(200) }),
    )
    .output(z.object({ items: z.array(logLineSchema), nextCursor: z.string().nullable() })),
  /** Says when there are new lines, at most twice a second. */
  follow: procedure
    .input(z.object({ log: z.enum(logNames).default('sending') }))
    .output(eventIterator(z.object({ kind: z.literal('grown') }))),
}

export type LogLine = z.output<typeof logLineSchema>
export type LogQuery = z.output<typeof logQuerySchema>
export type LogName = (typeof logNames)[number]
