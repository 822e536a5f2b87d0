import { assertNever } from '#shared/domain/assert-never.ts'
import { type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import type { ReadSession } from '../sqlite/connection.ts'
import { messageColumns, type StoredMessage } from './message-row.ts'

/**
 * The messages of one delivery and the first and last of their ids; ids of other deliveries may lie between them. The
 * counters say how many messages have a status: a list over many deliveries skips deliveries without any.
 */
export interface MessageRange {
  readonly deliveryId: number
  readonly firstId: number
  readonly lastId: number
  /** The number of messages with the requested status. */
  readonly rows: number
  /** The number of all its messages. */
  readonly messages: number
}

/** Where in a range a page ended. */
export interface RangePlace {
  readonly id: number
  /** `nextAttemptAt`, which orders the queue. */
  readonly dueAt: number | null
}

/** Returns the ranges with messages of this status, the earliest start first. */
export function findRanges(
  sql: ReadSession,
  { deliveryId, status }: { readonly deliveryId?: number | undefined; readonly status?: MessageStatus | undefined },
): Promise<MessageRange[]> {
  const all = messageStatuses.map((name) => `k.${name}`).join(' + ')
  const rows = status === undefined ? all : `k.${status}`
  return sql.all<MessageRange>(
    `SELECT d.id AS deliveryId, d.firstMessageId AS firstId, d.lastMessageId AS lastId, ${rows} AS rows, ${all} AS messages
     FROM deliveries d JOIN delivery_counters k ON k.deliveryId = d.id
     WHERE d.firstMessageId IS NOT NULL AND ${rows} > 0 ${deliveryId === undefined ? '' : 'AND d.id = ?'}
     ORDER BY d.firstMessageId`,
    deliveryId === undefined ? [] : [deliveryId],
  )
}

/** Returns whether every id of a range belongs to its delivery: it has as many messages as ids. */
export function isUnbroken({ firstId, lastId, messages }: Omit<MessageRange, 'rows'>): boolean {
  return lastId - firstId + 1 === messages
}

interface RangeSlice {
  readonly after: RangePlace | null
  readonly offset: number
  readonly limit: number
}

/** Returns messages of one range in the order of sending: by id, and queued ones by their next attempt. */
export function readRange(
  sql: ReadSession,
  range: MessageRange,
  status: MessageStatus | undefined,
  { after, offset, limit }: RangeSlice,
): Promise<StoredMessage[]> {
  const { deliveryId, lastId } = range
  const firstId = Math.max(range.firstId, (after?.id ?? 0) + 1)
  // The counters know how many there are: after these, the rest of the range is not searched.
  const take = Math.min(limit, range.rows)
  const select = `SELECT ${messageColumns} FROM messages`
  switch (status) {
    case undefined: {
      // Within an unbroken range the offset is simple arithmetic; otherwise the rows before it must be read.
      const [from, skip] = isUnbroken(range) ? [firstId + offset, 0] : [firstId, offset]
      return sql.all(`${select} WHERE id BETWEEN ? AND ? AND deliveryId = ? ORDER BY id LIMIT ? OFFSET ?`, [
        from,
        lastId,
        deliveryId,
        take,
        skip,
      ])
    }
    case 'queued':
      return sql.all(
        `${select} WHERE deliveryId = ? AND status = 'queued' AND (nextAttemptAt, id) > (?, ?)
         ORDER BY nextAttemptAt, id LIMIT ? OFFSET ?`,
        [deliveryId, after?.dueAt ?? 0, after?.id ?? 0, take, offset],
      )
    case 'failed':
    case 'expired':
    case 'cancelled':
    case 'uncertain':
      // SQLite uses the partial index only when its condition is in the query word for word.
      return sql.all(
        `${select} WHERE deliveryId = ? AND status = ? AND status IN ('failed', 'expired', 'cancelled', 'uncertain') AND id >= ?
         ORDER BY id LIMIT ? OFFSET ?`,
        [deliveryId, status, firstId, take, offset],
      )
    case 'sending':
    case 'sent':
      return sql.all(
        `${select} WHERE id BETWEEN ? AND ? AND deliveryId = ? AND status = ? ORDER BY id LIMIT ? OFFSET ?`,
        [firstId, lastId, deliveryId, status, take, offset],
      )
    default:
      return assertNever(status)
  }
}
