import type { ClientQuery } from '#shared/contract/client-query.ts'
import { type FilteredField, fieldFilters, textFieldOf } from '#shared/domain/client-fields.ts'
import { foldForSearch } from '#shared/domain/fold-for-search.ts'
import { normalizePhone } from '#shared/domain/phone.ts'
import type { ReadSession, SqlValue } from '../sqlite/connection.ts'

/** A source of up to this many clients is read whole. A page of a larger one is read in the list's own order. */
export const narrowLimit = 10_000

/** A part of a query. */
export interface ClientCondition {
  /** The test of the row `c` of `clients`. A unary plus keeps SQLite from choosing another index. */
  readonly sql: string
  readonly values: readonly SqlValue[]
  /** Set if the condition reads the name or phone, which only the row itself has. */
  readonly isOfText?: true
  /** An index that finds the matching clients, perhaps with a few others. */
  readonly source?: Source
}

/** Finds the clients that may match a condition: rows of `from`, where `key` is a client's id. */
export interface Source {
  readonly from: string
  readonly where: string
  readonly key: string
  readonly values: readonly SqlValue[]
  /** The number of rows. A value above `narrowLimit` may be too small. */
  readonly size: number
  /** Whether exactly `size` clients match the condition. */
  readonly isExact: boolean
  /** Whether the rows are one range of one index, ordered by `key`. */
  readonly inOrder: boolean
}

/** Returns the conditions of a query; a client must match all of them. None means all clients. */
export async function conditionsOf(sql: ReadSession, query: ClientQuery): Promise<ClientCondition[]> {
  const { tags = [], excludeTags = [], search = '' } = query
  const named = tags.length + excludeTags.length > 0 || search !== '' ? await sql.all<Tag>('SELECT * FROM tags') : []
  const withNames = (names: readonly string[]) => named.filter((tag) => names.includes(tag.name))
  const conditions: ClientCondition[] = []
  for (const { field, name } of fieldFilters) {
    const values = query[name] ?? []
    if (values.length > 0) conditions.push(await valued(sql, field, values))
  }
  if (tags.length > 0) conditions.push(tagged(withNames(tags)))
  if (excludeTags.length > 0) {
    const { sql: has, values } = hasTag(withNames(excludeTags))
    conditions.push({ sql: `NOT ${has}`, values })
  }
  if (query.optedOut !== undefined) conditions.push(query.optedOut ? await optedOut(sql) : notOptedOut)
  const found = wordsOf(search).map((word) => ({
    ...word,
    // SQLite folds ASCII only. Tags are few, so they are compared here.
    tags: named.filter((tag) => foldForSearch(tag.name).includes(word.inTag)),
  }))
  for (const { inText, tags: alike } of found.filter((word) => word.tags.length > 0)) {
    conditions.push(await containingOrTagged(sql, inText, alike))
  }
  const words = found.filter((word) => word.tags.length === 0).map((word) => word.inText)
  if (words.length > 0) conditions.push(await containing(sql, words))
  return conditions
}

interface Tag {
  readonly id: number
  readonly name: string
  readonly clients: number
}

async function valued(sql: ReadSession, field: FilteredField, values: readonly string[]): Promise<ClientCondition> {
  const list = JSON.stringify([...new Set(values)])
  const counted = await sql.first<{ clients: number }>(
    'SELECT sum(clients) AS clients FROM client_counts WHERE kind = ? AND value IN (SELECT value FROM json_each(?))',
    [field, list],
  )
  const [only, another] = values
  const one = only !== undefined && another === undefined
  const test = (row: string) => `${row}.${field} ${one ? '= ?' : 'IN (SELECT value FROM json_each(?))'}`
  const given = [one ? only : list]
  return {
    sql: test('+c'),
    values: given,
    source: {
      from: 'clients s',
      // The index of an optional field has only the clients with a value, which SQLite must see in the statement.
      where: textFieldOf(field).isOptional === true ? `${test('s')} AND s.${field} <> ''` : test('s'),
      key: 's.id',
      values: given,
      size: counted?.clients ?? 0,
      isExact: true,
      inOrder: one,
    },
  }
}

function tagged(tags: readonly Tag[]): ClientCondition {
  const [only, another] = tags
  const size = sizeOf(tags)
  if (only === undefined || another !== undefined) {
    return { ...hasTag(tags), source: { ...oneOf([taggedIds(tags)]), size, isExact: only === undefined } }
  }
  return {
    ...hasTag(tags),
    source: {
      from: 'client_tags s',
      where: 's.tagId = ?',
      key: 's.clientId',
      values: [only.id],
      size,
      isExact: true,
      inOrder: true,
    },
  }
}

const notOptedOut: ClientCondition = { sql: '+c.optedOutAt IS NULL', values: [] }

async function optedOut(sql: ReadSession): Promise<ClientCondition> {
  const size = await countUpTo(sql, 'SELECT 1 FROM clients WHERE optedOutAt IS NOT NULL', [])
  return {
    sql: '+c.optedOutAt IS NOT NULL',
    values: [],
    source: {
      from: 'clients s',
      where: 's.optedOutAt IS NOT NULL',
      key: 's.id',
      values: [],
      size,
      isExact: size <= narrowLimit,
      inOrder: true,
    },
  }
}

/** Matches clients with all these words in the name or phone. */
async function containing(sql: ReadSession, words: readonly string[]): Promise<ClientCondition> {
  const test = {
    sql: words.map(() => 'instr(c.searchText, ?) > 0').join(' AND '),
    values: words,
    isOfText: true as const,
  }
  const match = words.flatMap(trigramsOf).join(' ')
  if (match === '') return test
  return {
    ...test,
    source: {
      from: 'client_search s',
      where: 's.client_search MATCH ?',
      key: 's.rowid',
      values: [match],
      size: await countUpTo(sql, foundBy, [match]),
      // The trigrams of a word need not be adjacent in the text.
      isExact: false,
      inOrder: true,
    },
  }
}

/** Matches clients with the word in the name or phone, or with one of the tags. */
async function containingOrTagged(sql: ReadSession, word: string, tags: readonly Tag[]): Promise<ClientCondition> {
  const has = hasTag(tags)
  const test = {
    sql: `(instr(c.searchText, ?) > 0 OR ${has.sql})`,
    values: [word, ...has.values],
    isOfText: true as const,
  }
  const match = trigramsOf(word).join(' ')
  if (match === '') return test
  const size = (await countUpTo(sql, foundBy, [match])) + sizeOf(tags)
  return { ...test, source: { ...oneOf([{ sql: foundBy, values: [match] }, taggedIds(tags)]), size, isExact: false } }
}

const foundBy = 'SELECT rowid AS id FROM client_search WHERE client_search MATCH ?'

/** Returns the trigrams of a word, quoted for FTS5. A word under three characters has none. */
function trigramsOf(word: string): string[] {
  const letters = [...word]
  return letters.slice(2).map(
    (_, at) =>
      `"${letters
        .slice(at, at + 3)
        .join('')
        .replaceAll('"', '""')}"`,
  )
}

/** The union of the clients that these statements find. */
function oneOf(found: readonly Pick<ClientCondition, 'sql' | 'values'>[]) {
  return {
    from: `(${found.map((statement) => statement.sql).join(' UNION ')}) s`,
    where: '1',
    key: 's.id',
    values: found.flatMap((statement) => statement.values),
    inOrder: false,
  }
}

function taggedIds(tags: readonly Tag[]) {
  return {
    sql: 'SELECT DISTINCT clientId AS id FROM client_tags WHERE tagId IN (SELECT value FROM json_each(?))',
    values: [idsOf(tags)],
  }
}

function hasTag(tags: readonly Tag[]) {
  return {
    sql: 'EXISTS (SELECT 1 FROM client_tags WHERE clientId = c.id AND tagId IN (SELECT value FROM json_each(?)))',
    values: [idsOf(tags)],
  }
}

function idsOf(tags: readonly Tag[]): string {
  return JSON.stringify(tags.map((tag) => tag.id))
}

function sizeOf(tags: readonly Tag[]): number {
  return tags.reduce((sum, tag) => sum + tag.clients, 0)
}

/** Returns the number of rows of a statement; `limit` + 1 means more than `limit`. */
export async function countUpTo(
  sql: ReadSession,
  rows: string,
  values: readonly SqlValue[],
  limit = narrowLimit,
): Promise<number> {
  const counted = await sql.first<{ rows: number }>(`SELECT count(*) AS rows FROM (${rows} LIMIT ?)`, [
    ...values,
    limit + 1,
  ])
  return counted?.rows ?? 0
}

interface Word {
  readonly inText: string
  readonly inTag: string
}

/** Splits a search into words, all of which must match. A phone in any format is one word of digits. */
function wordsOf(search: string): Word[] {
  const folded = foldForSearch(search)
  if (/^[+\d][\d\s()+.‐-―-]*$/u.test(search)) {
    const phone = normalizePhone(search)
    return [{ inText: phone.ok ? phone.phone : search.replace(/\D/g, ''), inTag: folded }]
  }
  // SQL text ends at a NUL.
  const words = folded.split(/[\s\0]+/u).filter(Boolean)
  return words.slice(0, 10).map((word) => ({ inText: word, inTag: word }))
}
