import * as z from 'zod'
import type { Client, ClientQuery, ClientSortField } from '#shared/contract/clients.ts'
import { foldForSearch } from '#shared/domain/fold-for-search.ts'
import { normalizePhone } from '#shared/domain/phone.ts'
import { clientsByIds } from './client-row.ts'
import type { SqlSession, SqlValue } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import type { Reading } from './store.ts'

export interface ClientListQuery extends ClientQuery {
  readonly sortBy: ClientSortField
  readonly descending: boolean
  readonly cursor?: string | undefined
  readonly limit: number
}

interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

const sortColumns: { readonly [field in ClientSortField]: string } = {
  id: 'c.id',
  phone: 'c.phone',
  name: 'c.name',
  createdAt: 'c.createdAt',
}

/** A page of the console's list, and how many clients there are in all under this filter. */
export async function listClients({ sql }: Pick<Reading, 'sql'>, query: ClientListQuery) {
  const condition = await conditionOf(sql, query)
  const [count, rows] = await Promise.all([
    countWhere(sql, condition),
    sql.all<{ id: number; value: string | number }>(...listStatement(query, condition)),
  ])
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: await clientsByIds(sql, idsOf(shown)),
    nextCursor: last === undefined ? null : encodeCursor([query.sortBy, query.descending ? 1 : 0, last.value, last.id]),
    count,
  }
}

/** A page of the REST list, by id. */
export async function pageClients(
  { sql }: Pick<Reading, 'sql'>,
  query: ClientQuery & { readonly limit: number; readonly offset: number },
): Promise<{ count: number; results: Client[] }> {
  const condition = await conditionOf(sql, query)
  const [count, rows] = await Promise.all([
    countWhere(sql, condition),
    sql.all<{ id: number }>(`SELECT c.id FROM clients c WHERE ${condition.sql} ORDER BY c.id LIMIT ? OFFSET ?`, [
      ...condition.values,
      query.limit,
      query.offset,
    ]),
  ])
  return { count, results: await clientsByIds(sql, idsOf(rows)) }
}

/** How the ids of a keyset page are read, with one more than fits, which tells whether there is a next page. */
function listStatement(
  query: Pick<ClientListQuery, 'sortBy' | 'descending' | 'cursor' | 'limit'>,
  condition: Condition,
): [sql: string, values: SqlValue[]] {
  const column = sortColumns[query.sortBy]
  const direction = query.descending ? 'DESC' : 'ASC'
  const keys = query.sortBy === 'id' ? ['c.id'] : [column, 'c.id']
  const values = [...condition.values]
  let where = condition.sql
  if (query.cursor !== undefined) {
    const [, , value, id] = decodeCursor(query.cursor, placeOf(query))
    where += ` AND (${keys.join(', ')}) ${query.descending ? '<' : '>'} (${keys.map(() => '?').join(', ')})`
    values.push(...(query.sortBy === 'id' ? [id] : [value, id]))
  }
  const order = keys.map((key) => `${key} ${direction}`).join(', ')
  return [
    `SELECT c.id, ${column} AS value FROM clients c WHERE ${where} ORDER BY ${order} LIMIT ?`,
    [...values, query.limit + 1],
  ]
}

function placeOf({ sortBy, descending }: Pick<ClientListQuery, 'sortBy' | 'descending'>) {
  const value = sortBy === 'phone' || sortBy === 'name' ? z.string() : z.number()
  return z.tuple([z.literal(sortBy), z.literal(descending ? 1 : 0), value, z.int()])
}

/** The query as a condition on the row `c` of `clients`. */
async function conditionOf(sql: SqlSession, query: ClientQuery): Promise<Condition> {
  const parts: Condition[] = []
  if (query.operatorCode !== undefined) parts.push({ sql: 'c.operatorCode = ?', values: [query.operatorCode] })
  if (query.timeZone !== undefined) parts.push({ sql: 'c.timeZone = ?', values: [query.timeZone] })
  if (query.optedOut !== undefined)
    parts.push({ sql: `c.optedOutAt IS ${query.optedOut ? 'NOT ' : ''}NULL`, values: [] })
  if (query.tag !== undefined) parts.push(taggedWith(await sql.all('SELECT id FROM tags WHERE name = ?', [query.tag])))
  const tags = query.search ? await sql.all<Tag>('SELECT id, name FROM tags') : []
  for (const { inText, inTag } of wordsOf(query.search ?? '')) {
    // SQLite's own folding knows ASCII only, so that tags, which are few beside clients, are compared here.
    const tagged = taggedWith(tags.filter((tag) => foldForSearch(tag.name).includes(inTag)))
    parts.push({ sql: `(instr(c.searchText, ?) > 0 OR ${tagged.sql})`, values: [inText, ...tagged.values] })
  }
  if (parts.length === 0) return { sql: '1', values: [] }
  return { sql: parts.map((part) => part.sql).join(' AND '), values: parts.flatMap((part) => part.values) }
}

interface Word {
  readonly inText: string
  readonly inTag: string
}

/** What is looked for: a phone in any spelling as its digits, anything else word by word, and every word must be found. */
function wordsOf(search: string): Word[] {
  const folded = foldForSearch(search)
  if (/^[+\d][\d\s()+.‐-―-]*$/u.test(search)) {
    const phone = normalizePhone(search)
    return [{ inText: phone.ok ? phone.phone : search.replace(/\D/g, ''), inTag: folded }]
  }
  const words = folded.split(/\s+/).filter(Boolean).slice(0, 10)
  return words.map((word) => ({ inText: word, inTag: word }))
}

interface Tag {
  readonly id: number
  readonly name: string
}

function taggedWith(tags: ReadonlyArray<{ readonly id: number }>): Condition {
  if (tags.length === 0) return { sql: '0', values: [] }
  return {
    sql: 'c.id IN (SELECT ct.clientId FROM client_tags ct WHERE ct.tagId IN (SELECT value FROM json_each(?)))',
    values: [JSON.stringify(idsOf(tags))],
  }
}

async function countWhere(sql: SqlSession, condition: Condition): Promise<number> {
  const row = await sql.first<{ count: number }>(
    `SELECT count(*) AS count FROM clients c WHERE ${condition.sql}`,
    condition.values,
  )
  return row?.count ?? 0
}

function idsOf(rows: ReadonlyArray<{ readonly id: number }>): number[] {
  return rows.map((row) => row.id)
}
