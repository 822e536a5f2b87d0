import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { procedure } from './errors.ts'
import { cursorSchema, idSchema, instantSchema } from './values.ts'

export const logNames = ['sending', 'program'] as const
export const logLevels = ['info', 'warn', 'error'] as const

export const logLineSchema = z.object({
  /** Identifies the line. It does not change while the line is kept. */
  place: z.string(),
  at: z.string(),
  level: z.enum(logLevels),
  /** Names and values, or a sentence. A stack trace has several lines. */
  text: z.string(),
})

export const logQuerySchema = z.strictObject({
  log: z.enum(logNames).default('sending'),
  deliveryId: idSchema.optional(),
  messageId: idSchema.optional(),
  clientId: idSchema.optional(),
  /** The minimum level. */
  level: z.enum(logLevels).default('info'),
  since: instantSchema.optional(),
  /** Exclusive. */
  until: instantSchema.optional(),
  /** A substring, ignoring case. */
  search: z.string().trim().max(200).optional(),
})

export const log = {
  /**
   * Lines of the log, newest first. Each call reads a limited part of the log: if `nextCursor` is set there may be more lines,
   * even if few or none were found.
   */
  list: procedure
    .route({ method: 'GET', path: '/log/', summary: 'Read the log', tags: ['Activity'] })
    .input(
      logQuerySchema.extend({ cursor: cursorSchema, limit: z.coerce.number().int().min(1).max(1000).default(200) }),
    )
    .output(z.object({ items: z.array(logLineSchema), nextCursor: z.string().nullable() })),
  /** Yields when there are new lines, at most twice a second. */
  follow: procedure
    .input(z.object({ log: z.enum(logNames).default('sending') }))
    .output(eventIterator(z.object({ kind: z.literal('grown') }))),
}

export type LogLine = z.output<typeof logLineSchema>
export type LogQuery = z.output<typeof logQuerySchema>
export type LogName = (typeof logNames)[number]
