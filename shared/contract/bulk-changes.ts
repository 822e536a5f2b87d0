import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { tagSchema } from '../domain/client-fields.ts'
import { failsWith } from '../errors/issue.ts'
import { clientQuerySchema } from './client-query.ts'
import { procedure } from './errors.ts'
import { idSchema } from './values.ts'

const tagsSchema = z.array(tagSchema).min(1, failsWith('tags_missing')).max(100)

/** The selected clients: by ids, or by a query with exceptions. Clients created during the change are not selected. */
export const selectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ids'), ids: z.array(idSchema).min(1, failsWith('selection_empty')).max(100_000) }),
  z.strictObject({
    kind: z.literal('query'),
    query: clientQuerySchema,
    exceptIds: z.array(idSchema).max(100_000).default([]),
  }),
])

export const bulkChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('addTags'), tags: tagsSchema }),
  z.strictObject({ kind: z.literal('removeTags'), tags: tagsSchema }),
  /** Adds their phones to the do-not-contact list and cancels their queued messages. */
  z.strictObject({ kind: z.literal('optOut') }),
  /** Removes their phones from the list. Cancelled messages stay cancelled. */
  z.strictObject({ kind: z.literal('optIn') }),
  /** Cancels their queued messages and keeps the history of the sent ones. */
  z.strictObject({ kind: z.literal('delete') }),
])

/** The result of a bulk change. `unchanged` clients already had the new value. */
export const bulkReportSchema = z.object({
  changed: z.int(),
  unchanged: z.int(),
  /** Queued messages that the change cancelled. */
  cancelledMessages: z.int(),
})

export const bulkEventSchema = z.discriminatedUnion('kind', [
  /** The first event. `undoBulk` accepts `undoId`, even if the change is stopped. It is null if the change cannot be undone. */
  z.object({ kind: z.literal('begun'), undoId: idSchema.nullable(), total: z.int() }),
  z.object({ kind: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('report'), report: bulkReportSchema }),
])

export const bulkProcedures = {
  /**
   * Changes many clients in batches, each in its own transaction. Closing the stream stops after the current batch. Committed
   * batches stay, and can be undone.
   */
  bulk: procedure
    .input(z.strictObject({ selection: selectionSchema, change: bulkChangeSchema }))
    .output(eventIterator(bulkEventSchema)),
  /**
   * Undoes a bulk change, except for values that were changed again since. Cancelled messages stay cancelled. Only the latest
   * changes can be undone, each once.
   */
  undoBulk: procedure.input(z.object({ undoId: idSchema })).output(eventIterator(bulkEventSchema)),
}

export type Selection = z.output<typeof selectionSchema>
export type BulkChange = z.output<typeof bulkChangeSchema>
export type BulkReport = z.output<typeof bulkReportSchema>
export type BulkEvent = z.output<typeof bulkEventSchema>
