import type { ActivityEntry } from '#shared/contract/activity.ts'
import { toInstant } from '../../base/clock.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import { maxNamed } from '../send-queue/moved-messages.ts'
import type { ReadSession, SqlValue } from '../sqlite/connection.ts'
import { jsonLiteral } from '../sqlite/json-literal.ts'

/** Returns the statement that stores events, for the transaction of the change; none without events. */
export function activityStatements(happenings: readonly ActivityEvent[], at: number): string[] {
  if (happenings.length === 0) return []
  const rows = happenings.map(({ delivery = null, message = null, client = null, ...facts }) => [
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

interface StoredEntry {
  readonly id: number
  readonly at: number
  readonly deliveryId: number | null
  readonly messageId: number | null
  readonly clientId: number | null
  readonly facts: string
}

const columns = 'id, at, deliveryId, messageId, clientId, facts'

/** The maximum length of a message's story; the first entries are always part of it. */
const maxStoryEntries = 1000

/**
 * Returns what happened to a message, oldest first: its own events, and those events of its delivery that concern all its
 * messages, the clients of its time zone, or too many messages to name each.
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
     ) story ORDER BY id LIMIT ?`,
    [message.id, message.deliveryId, maxNamed + 1, maxNamed, message.clientId, maxStoryEntries],
  )
  return rows.map(entryOf)
}

interface Slice {
  readonly limit: number
  readonly offset: number
}

/** Returns what happened to a delivery as a whole, newest first. Its messages are counted, not listed. */
export function pageDeliveryActivity(sql: ReadSession, deliveryId: number, slice: Slice) {
  return pageWhere(sql, 'deliveryId = ? AND messageId IS NULL', [deliveryId], slice)
}

/** What happened to the messages of a deleted delivery is hidden until it is gone. */
const shown = '(messageId IS NULL OR deliveryId NOT IN (SELECT id FROM deleted_deliveries))'

/** Returns what happened to a client and to the messages to them, newest first. */
export function pageClientActivity(sql: ReadSession, clientId: number, slice: Slice) {
  return pageWhere(sql, `clientId = ? AND ${shown}`, [clientId], slice)
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

/** Returns the entries that meet a condition, the newest first. */
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
