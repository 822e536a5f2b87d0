import * as z from 'zod'
import type { ClientQuery } from '#shared/contract/client-query.ts'
import type { Client, ClientSortField } from '#shared/contract/clients.ts'
import type { ClientListQuery } from '../ports/clients.ts'
import { decodeCursor, encodeCursor } from '../ports/cursor.ts'
import type { ReadSession, SqlValue } from '../sqlite/connection.ts'
import { type ClientCondition, conditionsOf, countUpTo, narrowLimit, type Source } from './client-conditions.ts'
import { clientsByIds } from './client-row.ts'

/** The maximum that a page counts. */
const maxCounted = 1000

/** Names sort case-insensitively. Ids ascend with the time of creation. */
const sortColumns: { readonly [field in ClientSortField]: string } = {
  id: 'c.id',
  phone: 'c.phone',
  name: 'c.searchText',
  createdAt: 'c.id',
}

/**
 * Returns a page of the console's list with the number of matching clients. The number is exact up to `maxCounted`,
 * or if a counter has it. Otherwise `isCountExact` is false and there are more.
 */
export async function listClients(sql: ReadSession, query: ClientListQuery) {
  const conditions = await conditionsOf(sql, query)
  const page = await readList(sql, conditions, query)
  const isWhole = query.cursor === undefined && page.nextCursor === null
  return {
    ...page,
    ...(isWhole ? { count: page.items.length, isCountExact: true } : await countCheaply(sql, conditions)),
  }
}

/** Returns the same page without the count, for a caller that reads all pages. */
export async function readClients(sql: ReadSession, query: ClientListQuery) {
  return readList(sql, await conditionsOf(sql, query), query)
}

async function readList(sql: ReadSession, conditions: readonly ClientCondition[], query: ClientListQuery) {
  const rows = await readPage(sql, conditions, query)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: await clientsByIds(sql, idsOf(shown)),
    nextCursor: last === undefined ? null : encodeCursor([query.sortBy, query.descending ? 1 : 0, last.value, last.id]),
  }
}

/** Returns a page of the REST list, by id. */
export async function pageClients(
  sql: ReadSession,
  query: ClientQuery & { readonly limit: number; readonly offset: number },
): Promise<{ count: number; results: Client[] }> {
  const conditions = await conditionsOf(sql, query)
  const { from, where, key, values } = clauses(sourceById(conditions), conditions)
  const rows = await sql.all<{ id: number }>(
    `SELECT c.id FROM ${from} WHERE ${where} ORDER BY ${key} LIMIT ? OFFSET ?`,
    [...values, query.limit, query.offset],
  )
  return { count: await countExactly(sql, conditions), results: await clientsByIds(sql, idsOf(rows)) }
}

/** Returns the exact number of clients under a query. */
export async function countClients(sql: ReadSession, query: ClientQuery): Promise<number> {
  return countExactly(sql, await conditionsOf(sql, query))
}

/** Returns the newest client's id; 0 when there are no clients. */
export async function lastClientId(sql: ReadSession): Promise<number> {
  return (await sql.first<{ id: number | null }>('SELECT max(id) AS id FROM clients'))?.id ?? 0
}

/** Returns the next ids under a query in ascending order, after `afterId` and up to `lastId`. */
export async function nextClientIds(
  sql: ReadSession,
  query: ClientQuery,
  { afterId, lastId, limit }: { readonly afterId: number; readonly lastId: number; readonly limit: number },
): Promise<number[]> {
  const conditions = await conditionsOf(sql, query)
  const { from, where, key, values } = clauses(sourceById(conditions), conditions)
  const rows = await sql.all<{ id: number }>(
    `SELECT c.id FROM ${from} WHERE ${where} AND ${key} > ? AND ${key} <= ? ORDER BY ${key} LIMIT ?`,
    [...values, afterId, lastId, limit],
  )
  return idsOf(rows)
}

interface Place {
  readonly value: string | number
  readonly id: number
}

type PageQuery = Pick<ClientListQuery, 'sortBy' | 'descending' | 'cursor' | 'limit'>

/** The maximum of rows, or of index entries, that are scanned in the list's order to fill a page. */
const maxScannedRows = 20_000
const maxScannedEntries = 200_000

/**
 * Returns the places of a page and one more, if there is a next page. Few matches are read from the smallest source
 * and sorted. Many matches are found soon by a scan in the list's order. If the scan finds too few, the smallest
 * source is read.
 */
async function readPage(sql: ReadSession, conditions: readonly ClientCondition[], query: PageQuery): Promise<Place[]> {
  const smallest = smallestSource(conditions)
  const byId = sortColumns[query.sortBy] === 'c.id'
  const source = byId ? sourceById(conditions) : smallestSource(conditions, isNarrow)
  if (smallest === undefined || source !== undefined) {
    return sql.all<Place>(...pageStatement(source, conditions, query))
  }
  const isInIndex = query.sortBy === 'name' && conditions.every((condition) => condition.isOfText)
  const maxScanned = isInIndex ? maxScannedEntries : maxScannedRows
  const [end] = await sql.all<Place>(...pageStatement(undefined, [], { ...query, limit: 0 }, maxScanned))
  const found = await sql.all<Place>(...pageStatement(undefined, conditions, query, 0, end))
  if (end === undefined || found.length > query.limit) return found
  return sql.all<Place>(...pageStatement(smallest, conditions, query))
}

/** The statement for a page: after its cursor and `skipped` rows, up to `end`. */
function pageStatement(
  source: Source | undefined,
  conditions: readonly ClientCondition[],
  query: PageQuery,
  skipped = 0,
  end?: Place,
): [sql: string, values: SqlValue[]] {
  const column = sortColumns[query.sortBy]
  const { from, where, key, values } = clauses(source, conditions, column)
  const byId = column === 'c.id'
  const keys = byId ? [key] : [column, 'c.id']
  const bounds: string[] = []
  function bound(comparison: string, { value, id }: Place): void {
    bounds.push(` AND (${keys.join(', ')}) ${comparison} (${keys.map(() => '?').join(', ')})`)
    values.push(...(byId ? [id] : [value, id]))
  }
  if (query.cursor !== undefined) {
    const [, , value, id] = decodeCursor(query.cursor, placeOf(query))
    bound(query.descending ? '<' : '>', { value, id })
  }
  if (end !== undefined) bound(query.descending ? '>=' : '<=', end)
  const order = keys.map((part) => `${part} ${query.descending ? 'DESC' : 'ASC'}`).join(', ')
  return [
    `SELECT c.id, ${column} AS value FROM ${from} WHERE ${where}${bounds.join('')} ORDER BY ${order} LIMIT ? OFFSET ?`,
    [...values, query.limit + 1, skipped],
  ]
}

function placeOf({ sortBy, descending }: Pick<ClientListQuery, 'sortBy' | 'descending'>) {
  const value = sortBy === 'phone' || sortBy === 'name' ? z.string() : z.number()
  return z.tuple([z.literal(sortBy), z.literal(descending ? 1 : 0), value, z.int()])
}

function smallestSource(
  conditions: readonly ClientCondition[],
  isFit: (source: Source) => boolean = () => true,
): Source | undefined {
  const sources = conditions.flatMap(({ source }) => (source !== undefined && isFit(source) ? [source] : []))
  return sources.toSorted((a, b) => a.size - b.size)[0]
}

function isNarrow(source: Source): boolean {
  return source.size <= narrowLimit
}

/** Returns a source that is ordered by id or small enough to sort. Undefined means all clients by id. */
function sourceById(conditions: readonly ClientCondition[]): Source | undefined {
  return smallestSource(conditions, (source) => source.inOrder || isNarrow(source))
}

/** Returns FROM and WHERE over a source, or over all clients without one. `key` is the column with the id. */
function clauses(source: Source | undefined, conditions: readonly ClientCondition[], column = 'c.id') {
  const parts: readonly Pick<ClientCondition, 'sql' | 'values'>[] = [
    ...(source === undefined ? [] : [{ sql: source.where, values: source.values }]),
    ...conditions,
  ]
  const needsRow = column !== 'c.id' || conditions.length === 0 || conditions.some((condition) => condition.isOfText)
  const clients = needsRow ? 'clients c' : 'clients c INDEXED BY clients_facets'
  return {
    // SQLite keeps the order of the tables in a cross join.
    from: source === undefined ? clients : `${source.from} CROSS JOIN ${clients} ON c.id = ${source.key}`,
    where: parts.map((part) => part.sql).join(' AND ') || '1',
    key: source?.key ?? 'c.id',
    // If a source is a subquery, its values are in FROM, before the others.
    values: parts.flatMap((part) => part.values),
  }
}

async function countCheaply(sql: ReadSession, conditions: readonly ClientCondition[]) {
  const known = await knownCount(sql, conditions)
  if (known !== null) return { count: known, isCountExact: true }
  const { from, where, values } = clauses(smallestSource(conditions), conditions)
  const count = await countUpTo(sql, `SELECT 1 FROM ${from} WHERE ${where}`, values, maxCounted)
  return { count: Math.min(count, maxCounted), isCountExact: count <= maxCounted }
}

async function countExactly(sql: ReadSession, conditions: readonly ClientCondition[]): Promise<number> {
  const known = await knownCount(sql, conditions)
  if (known !== null) return known
  const { from, where, values } = clauses(smallestSource(conditions), conditions)
  const counted = await sql.first<{ clients: number }>(`SELECT count(*) AS clients FROM ${from} WHERE ${where}`, values)
  return counted?.clients ?? 0
}

/** Returns the count that the counters have: of all clients, or of a single condition. Otherwise null. */
async function knownCount(sql: ReadSession, conditions: readonly ClientCondition[]): Promise<number | null> {
  const [only, another] = conditions
  if (only === undefined) {
    const all = await sql.first<{ clients: number }>(`SELECT clients FROM client_counts WHERE kind = 'all'`)
    return all?.clients ?? 0
  }
  return another === undefined && only.source?.isExact === true ? only.source.size : null
}

function idsOf(rows: ReadonlyArray<{ readonly id: number }>): number[] {
  return rows.map((row) => row.id)
}
