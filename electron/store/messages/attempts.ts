import type { Attempt } from '#shared/contract/messages.ts'
import type { ErrorCode, MessageStatus } from '#shared/domain/states.ts'
import { toInstant } from '../../base/clock.ts'
import type { ReadContext } from '../contexts.ts'
import { getDelivery } from '../deliveries/deliveries.ts'
import type { LastAttempt } from '../ports/messages.ts'
import type { ReadSession, SqlValue } from '../sqlite/connection.ts'
import { findRanges, isUnbroken } from './message-ranges.ts'
import { lastErrorOf } from './message-row.ts'

interface StoredAttempt {
  readonly messageId: number
  readonly number: number
  readonly startedAt: number
  readonly durationMs: number
  readonly httpStatus: number | null
  readonly counted: 0 | 1
  readonly status: MessageStatus | null
  readonly errorCode: ErrorCode | null
  readonly detail: string
}

/** Which of its message's requests each is follows from their order. */
const columns = `a.messageId, (SELECT count(*) FROM attempts b WHERE b.messageId = a.messageId AND b.id <= a.id) AS number,
  a.startedAt, a.durationMs, a.httpStatus, a.counted, a.status, a.errorCode, a.detail`

/** Every request of one message, oldest first. */
export async function attemptsOfMessage(sql: ReadSession, messageId: number): Promise<Attempt[]> {
  const rows = await sql.all<StoredAttempt>(`SELECT ${columns} FROM attempts a WHERE a.messageId = ? ORDER BY a.id`, [
    messageId,
  ])
  return rows.map((row) => attemptOf(row))
}

/** The last request of each of these messages that had one. */
export function lastAttemptsOf(sql: ReadSession, messageIds: readonly number[]): Promise<LastAttempt[]> {
  return sql.all<LastAttempt>(
    `SELECT a.messageId, a.startedAt, a.durationMs, a.httpStatus
     FROM json_each(?) wanted
     CROSS JOIN attempts a ON a.id = (SELECT max(b.id) FROM attempts b WHERE b.messageId = wanted.value)`,
    [JSON.stringify(messageIds)],
  )
}

interface Slice {
  readonly limit: number
  readonly offset: number
}

type Page = Promise<{ count: number; results: (Attempt & { messageId: number })[] }>

/** Returns every request of a delivery's messages, in the order of the messages. Throws `NotFoundError`. */
export async function pageAttemptsOfDelivery(context: ReadContext, deliveryId: number, slice: Slice): Page {
  await getDelivery(context, deliveryId)
  const [range] = await findRanges(context.sql, { deliveryId })
  if (range === undefined) return { count: 0, results: [] }
  const { firstId, lastId } = range
  // Where all ids of the range are the delivery's, its messages need not be read.
  return isUnbroken(range)
    ? page(context.sql, 'attempts a WHERE a.messageId BETWEEN ? AND ?', [firstId, lastId], slice, 'ASC')
    : page(
        context.sql,
        'messages m CROSS JOIN attempts a ON a.messageId = m.id WHERE m.id BETWEEN ? AND ? AND m.deliveryId = ?',
        [firstId, lastId, deliveryId],
        slice,
        'ASC',
      )
}

/** Every request with a message to one client, the latest first. */
export function pageAttemptsOfClient(sql: ReadSession, clientId: number, slice: Slice): Page {
  return page(
    sql,
    'messages m CROSS JOIN attempts a ON a.messageId = m.id WHERE m.clientId = ? AND m.deliveryId NOT IN (SELECT id FROM deleted_deliveries)',
    [clientId],
    slice,
    'DESC',
  )
}

async function page(
  sql: ReadSession,
  source: string,
  values: readonly SqlValue[],
  { limit, offset }: Slice,
  direction: 'ASC' | 'DESC',
): Page {
  const counted = await sql.first<{ count: number }>(`SELECT count(*) AS count FROM ${source}`, values)
  const rows = await sql.all<StoredAttempt>(
    `SELECT ${columns} FROM ${source} ORDER BY a.messageId ${direction}, a.id ${direction} LIMIT ? OFFSET ?`,
    [...values, limit, offset],
  )
  return {
    count: counted?.count ?? 0,
    results: rows.map((row) => ({ messageId: row.messageId, ...attemptOf(row) })),
  }
}

function attemptOf({ errorCode, detail, counted, ...row }: StoredAttempt): Attempt {
  const isAccepted = errorCode === null
  return {
    number: row.number,
    startedAt: toInstant(row.startedAt),
    durationMs: row.durationMs,
    httpStatus: row.httpStatus,
    counted: counted === 1,
    status: row.status,
    answer: isAccepted && detail !== '' ? detail : null,
    error: isAccepted ? null : lastErrorOf(errorCode, detail),
  }
}
