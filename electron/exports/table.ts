import { messageStatuses } from '#shared/domain/states.ts'

/** The value of a cell. In `instant` columns numbers are milliseconds since the epoch. Null is an empty cell. */
export type Cell = string | number | null

export interface ExportColumn {
  /** The API's name of the column. */
  readonly key: string
  readonly kind: 'text' | 'number' | 'instant'
  /** The title, if it is not translated from `key`: attributes have the same title in every language. */
  readonly title?: string
  /** The width in a sheet, in digits. */
  readonly width?: number
}

/** The table to export. It is read in pages, so it is never in memory as a whole. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[]
  /** The number of rows when the export started. */
  readonly total: number
  pages(): AsyncGenerator<readonly (readonly Cell[])[], void>
}

/** The number of rows read at once. Other work of the main thread runs between the pages. */
export const maxPageRows = 1000

/** Returns the user's word for one of the API's names. */
export type Translate = (group: 'column' | 'status' | 'error' | 'deliveryStatus', name: string) => string

/** Returns a function that looks words up in `words`. It returns the API's name if there is none. */
export function translatorOf(words: Readonly<Record<string, string>>): Translate {
  return (group, name) => words[`${group}.${name}`] ?? name
}

/** The next bytes of a file, and the number of rows that were read for them. */
export interface FileChunk {
  readonly bytes: Buffer
  readonly lines: number
}

/** Returns a number column for each message status. */
export function statusColumns(translate: Translate): ExportColumn[] {
  return messageStatuses.map((key) => ({ key, kind: 'number', width: 12, title: translate('status', key) }))
}
