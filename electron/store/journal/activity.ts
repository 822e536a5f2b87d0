import type { ActivityEntry } from '#shared/contract/activity.ts'
import { toInstant } from '../../base/clock.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import { maxNamed } from '../send-queue/moved-messages.ts'
import type { ReadSession, SqlValue, WriteSession } from '../sqlite/connection.ts'
import { jsonLiteral } from '../sqlite/json-literal.ts'

/** What happens to deliveries, messages and clients, beside the requests: kept in the transaction of the change itself. */

/** The statement that keeps events; none when nothing happened. */
export function activityStatements(events: readonly ActivityEvent[], at: number): string[] {
  if (events.length === 0) return []
  const rows = events.map(({ delivery = null, message = null, client = null, ...facts }) => [
    delivery,
    message,
    client,
    Object.fromEntries(Object.entries(facts).filter(([, value]) => value != null)),
  ])
  return [
    `INSERT INTO activity (at, deliveryId, messageId, clientId, facts)
     SELECT ${Math.trunc(at)}, value ->> 0, value ->> 1, value ->> 2, value -> 3 FROM json_each(${jsonLiteral(rows)})`,
  ]
}

/** Forgets what happened to a delivery and its messages, which are about to go. */
export async function forgetActivity(
  sql: WriteSession,
  delivery: { readonly id: number; readonly firstMessageId: number | null; readonly lastMessageId: number | null },
): Promise<void> {
  const { id, firstMessageId, lastMessageId } = delivery
  await sql.run('DELETE FROM activity WHERE messageId BETWEEN ? AND ?', [firstMessageId, lastMessageId])
  await sql.run('DELETE FROM activity WHERE deliveryId = ? AND messageId IS NULL', [id])
}

interface StoredEntry {
  readonly id: number
  readonly at: number
  readonly deliveryId: number | null
  readonly messageId: number | null
  readonly clientId: number | null
  readonly facts: string
}

const columns = 'id, at, deliveryId, messageId, clientId, facts'

/** No story is longer; what came first is told in any case. */
const longestStory = 1000

/**
 * What happened to one message, oldest first: its own changes, and those of its delivery that concern all its messages, those to the
 * clients of its time zone, or too many to be named one by one.
 */
export async function activityOfMessage(
  sql: ReadSession,
  message: { readonly id: number; readonly deliveryId: number; readonly clientId: number | null },
): Promise<ActivityEntry[]> {
  const rows = await sql.all<StoredEntry>(
    `SELECT * FROM (
       SELECT ${columns} FROM activity WHERE messageId = ?
       UNION ALL
       SELECT ${columns} FROM activity WHERE deliveryId = ? AND messageId IS NULL
         AND CASE WHEN facts ->> 'timeZone' IS NULL THEN coalesce(facts ->> 'messages', ?) > ?
             ELSE facts ->> 'timeZone' = (SELECT timeZone FROM clients WHERE id = ?) END
     ) ORDER BY id LIMIT ?`,
    [message.id, message.deliveryId, maxNamed + 1, maxNamed, message.clientId, longestStory],
  )
  return rows.map(entryOf)
}

interface Slice {
  readonly limit: number
  readonly offset: number
}

/** What happened to a delivery as a whole, newest first: its messages are counted, not named. */
export function pageDeliveryActivity(sql: ReadSession, deliveryId: number, slice: Slice) {
  return pageWhere(sql, 'deliveryId = ? AND messageId IS NULL', [deliveryId], slice)
}

/** What happened to a client and the messages to them, newest first. */
export function pageClientActivity(sql: ReadSession, clientId: number, slice: Slice) {
  return pageWhere(sql, 'clientId = ?', [clientId], slice)
}

async function pageWhere(
  sql: ReadSession,
  where: string,
  values: readonly SqlValue[],
  slice: Slice,
): Promise<{ count: number; results: ActivityEntry[] }> {
  const counted = await sql.first<{ count: number }>(`SELECT count(*) AS count FROM activity WHERE ${where}`, values)
  return { count: counted?.count ?? 0, results: await entriesWhere(sql, { sql: where, values }, slice) }
}

export interface JournalCondition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** What meets a condition, the newest first. */
export async function entriesWhere(
  sql: ReadSession,
  where: JournalCondition,
  { limit, offset }: Slice,
): Promise<ActivityEntry[]> {
  const rows = await sql.all<StoredEntry>(
    `SELECT ${columns} FROM activity WHERE ${where.sql} ORDER BY id DESC LIMIT ? OFFSET ?`,
    [...where.values, limit, offset],
  )
  return rows.map(entryOf)
}

function entryOf({ facts: json, ...row }: StoredEntry): ActivityEntry {
  const facts = JSON.parse(json)
  return {
    ...row,
    at: toInstant(row.at),
    status: facts.status ?? null,
    was: facts.was ?? null,
    by: facts.by ?? null,
    because: facts.because ?? null,
    until: facts.until ?? null,
    messages: facts.messages ?? null,
    timeZone: facts.timeZone ?? null,
    clients: facts.clients ?? null,
    tags: facts.tags ?? null,
    segment: facts.segment ?? null,
    template: facts.template ?? null,
    settings: facts.settings ?? null,
    edited: typeof facts.edited === 'string' ? facts.edited.split(',') : [],
    changes: typeof facts.changes === 'string' ? JSON.parse(facts.changes) : [],
  }
}
