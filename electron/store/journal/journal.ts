import * as z from 'zod'
import type { ActivityEntry } from '#shared/contract/activity.ts'
import type { JournalQuery } from '#shared/contract/journal.ts'
import { fromInstant } from '../../base/clock.ts'
import { decodeCursor, encodeCursor } from '../ports/cursor.ts'
import type { ReadSession } from '../sqlite/connection.ts'
import { entriesWhere, type JournalCondition } from './activity.ts'

/** Returns a page of what users did, the newest first. */
export async function listJournal(
  sql: ReadSession,
  query: JournalQuery & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ActivityEntry[]; nextCursor: string | null; count: number }> {
  const condition = conditionOf(query)
  const before = query.cursor === undefined ? null : decodeCursor(query.cursor, z.tuple([z.int()]))[0]
  const entries = await entriesWhere(
    sql,
    before === null ? condition : { sql: `${condition.sql} AND id < ?`, values: [...condition.values, before] },
    { limit: query.limit + 1, offset: 0 },
  )
  const items = entries.slice(0, query.limit)
  const last = entries.length > query.limit ? items.at(-1) : undefined
  return { items, nextCursor: last === undefined ? null : encodeCursor([last.id]), count: await count(sql, condition) }
}

/** Returns a page of the REST list, in the same order. */
export async function pageJournal(
  sql: ReadSession,
  query: JournalQuery & { readonly limit: number; readonly offset: number },
): Promise<{ count: number; results: ActivityEntry[] }> {
  const condition = conditionOf(query)
  return { count: await count(sql, condition), results: await entriesWhere(sql, condition, query) }
}

function conditionOf({ deliveryId, clientId, since, until }: JournalQuery): JournalCondition {
  const parts: JournalCondition[] = [{ sql: `messageId IS NULL AND facts ->> 'by' IS NOT NULL`, values: [] }]
  if (deliveryId !== undefined) parts.push({ sql: 'deliveryId = ?', values: [deliveryId] })
  if (clientId !== undefined) parts.push({ sql: 'clientId = ?', values: [clientId] })
  if (since !== undefined) parts.push({ sql: 'at >= ?', values: [fromInstant(since)] })
  if (until !== undefined) parts.push({ sql: 'at < ?', values: [fromInstant(until)] })
  return { sql: parts.map((part) => part.sql).join(' AND '), values: parts.flatMap((part) => part.values) }
}

async function count(sql: ReadSession, condition: JournalCondition): Promise<number> {
  const counted = await sql.first<{ entries: number }>(
    `SELECT count(*) AS entries FROM activity WHERE ${condition.sql}`,
    condition.values,
  )
  return counted?.entries ?? 0
}
