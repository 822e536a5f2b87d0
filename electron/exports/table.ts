import { messageStatuses } from '#shared/domain/states.ts'

/** What stands in a cell: an instant in milliseconds where the column says so, and nothing where there is nothing to say. */
export type Cell = string | number | null

export interface Column {
  /** The API's own name of it. */
  readonly key: string
  readonly kind: 'text' | 'number' | 'instant'
  /** An attribute's column is called as the attribute is, in every language. */
  readonly title?: string
  /** In the width of a digit, for a sheet. */
  readonly width?: number
}

/** What a file is made of: read page by page, never held as a whole. */
export interface Table {
  readonly columns: readonly Column[]
  /** How many lines there were when the export began. */
  readonly total: number
  pages(): AsyncGenerator<readonly (readonly Cell[])[], void>
}

/** So many lines are read at once: the main thread has other things to do between them. */
export const pageLines = 1000

/** The word that the reader's language has for one of the API's own names. */
export type Word = (group: 'column' | 'status' | 'error' | 'deliveryStatus', name: string) => string

/** Looks the words up that came with the order; the API's own name stands where there is none. */
export function wordsFrom(words: Readonly<Record<string, string>>): Word {
  return (group, name) => words[`${group}.${name}`] ?? name
}

/** A column of numbers for each status of messages. */
export function statusColumns(word: Word): Column[] {
  return messageStatuses.map((key) => ({ key, kind: 'number', width: 12, title: word('status', key) }))
}
