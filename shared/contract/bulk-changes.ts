import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { tagSchema } from '../domain/filter.ts'
import { clientQuerySchema } from './client-query.ts'
import { procedure } from './errors.ts'
import { idSchema } from './values.ts'

const tagsSchema = z.array(tagSchema).min(1, 'name at least one tag').max(100)

/** Which clients are meant: these, or all that a query finds but these. Whoever comes while the change is under way is not meant. */
export const selectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ids'), ids: z.array(idSchema).min(1, 'select somebody').max(100_000) }),
  z.strictObject({
    kind: z.literal('query'),
    query: clientQuerySchema,
    exceptIds: z.array(idSchema).max(100_000).default([]),
  }),
])

export const bulkChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('addTags'), tags: tagsSchema }),
  z.strictObject({ kind: z.literal('removeTags'), tags: tagsSchema }),
  /** Puts their phones on the do-not-contact list and cancels their queued messages. */
  z.strictObject({ kind: z.literal('optOut') }),
  /** Takes their phones off the list; what was cancelled stays so. */
  z.strictObject({ kind: z.literal('optIn') }),
  /** Cancels their queued messages and keeps the history of the sent ones. */
  z.strictObject({ kind: z.literal('delete') }),
])

/** What became of a change to many. Those that were so already are `unchanged`. */
export const bulkReportSchema = z.object({
  changed: z.int(),
  unchanged: z.int(),
  /** Queued messages that do not go out any more. */
  cancelledMessages: z.int(),
})

export const bulkEventSchema = z.discriminatedUnion('kind', [
  /** Comes first. `undoId` is what `undoBulk` takes, also when the change is broken off; null where there is no way back. */
  z.object({ kind: z.literal('begun'), undoId: idSchema.nullable(), total: z.int() }),
  z.object({ kind: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('report'), report: bulkReportSchema }),
])

export const bulkProcedures = {
  /**
   * Changes many clients, piece by piece, each whole. Breaking off the stream stops after the piece in hand; what was changed
   * before stays, and can be undone.
   */
  bulk: procedure
    .input(z.strictObject({ selection: selectionSchema, change: bulkChangeSchema }))
    .output(eventIterator(bulkEventSchema)),
  /**
   * Takes back exactly what such a change changed and nobody has changed since; cancelled messages stay so. The last changes can
   * be taken back, each of them once.
   */
  undoBulk: procedure.input(z.object({ undoId: idSchema })).output(eventIterator(bulkEventSchema)),
}

export type Selection = z.output<typeof selectionSchema>
export type BulkChange = z.output<typeof bulkChangeSchema>
export type BulkReport = z.output<typeof bulkReportSchema>
export type BulkEvent = z.output<typeof bulkEventSchema>
