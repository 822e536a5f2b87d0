import { assertNever } from '#shared/domain/assert-never.ts'
import { type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import type { ReadSession } from '../sqlite/connection.ts'
import { messageColumns, type StoredMessage } from './message-row.ts'

/**
 * The messages of one delivery: an unbroken range of ids. The counters say how many of them have a status, so that a list
 * over many deliveries passes by those that have nothing to show, and skips by arithmetic instead of reading.
 */
export interface MessageRange {
  readonly deliveryId: number
  readonly firstId: number
  readonly lastId: number
  /** How many of its messages have the status asked for. */
  readonly rows: number
}

/** Where in a range a page ended. */
export interface Place {
  readonly id: number
  /** `nextAttemptAt`, which orders the queue. */
  readonly turn: number | null
}

/** The ranges that hold messages of this status, those of the earliest start first. */
export function findRanges(
  sql: ReadSession,
  { deliveryId, status }: { readonly deliveryId?: number | undefined; readonly status?: MessageStatus | undefined },
): Promise<MessageRange[]> {
  const rows = (status === undefined ? messageStatuses : [status]).map((name) => `k.${name}`).join(' + ')
  return sql.all<MessageRange>(
    `SELECT d.id AS deliveryId, d.firstMessageId AS firstId, d.lastMessageId AS lastId, ${rows} AS rows
     FROM deliveries d JOIN delivery_counters k ON k.deliveryId = d.id
     WHERE d.firstMessageId IS NOT NULL AND ${rows} > 0 ${deliveryId === undefined ? '' : 'AND d.id = ?'}
     ORDER BY d.firstMessageId`,
    deliveryId === undefined ? [] : [deliveryId],
  )
}

interface Slice {
  readonly after: Place | null
  readonly offset: number
  readonly limit: number
}

/** Messages of one range in the order of sending: by id, and the queue by the turn of its messages. */
export function readRange(
  sql: ReadSession,
  range: MessageRange,
  status: MessageStatus | undefined,
  { after, offset, limit }: Slice,
): Promise<StoredMessage[]> {
  const firstId = Math.max(range.firstId, (after?.id ?? 0) + 1)
  // No more than the counters know of: once they are found, the rest of the range is not searched.
  const take = Math.min(limit, range.rows)
  const select = `SELECT ${messageColumns} FROM messages`
  switch (status) {
    case undefined:
      return sql.all(`${select} WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?`, [firstId + offset, range.lastId, take])
    case 'queued':
      return sql.all(
        `${select} WHERE deliveryId = ? AND status = 'queued' AND (nextAttemptAt, id) > (?, ?)
         ORDER BY nextAttemptAt, id LIMIT ? OFFSET ?`,
        [range.deliveryId, after?.turn ?? 0, after?.id ?? 0, take, offset],
      )
    case 'failed':
    case 'expired':
    case 'cancelled':
    case 'uncertain':
      // The index is partial: its own condition must stand in the query word for word.
      return sql.all(
        `${select} WHERE deliveryId = ? AND status = ? AND status IN ('failed', 'expired', 'cancelled', 'uncertain') AND id >= ?
         ORDER BY id LIMIT ? OFFSET ?`,
        [range.deliveryId, status, firstId, take, offset],
      )
    case 'sending':
    case 'sent':
      return sql.all(`${select} WHERE id BETWEEN ? AND ? AND status = ? ORDER BY id LIMIT ? OFFSET ?`, [
        firstId,
        range.lastId,
        status,
        take,
        offset,
      ])
    default:
      return assertNever(status)
  }
}
