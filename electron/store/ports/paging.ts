/** A page of the console's lists. `nextCursor` is null on the last one. */
export interface CursorPage<Item> {
  readonly items: Item[]
  readonly nextCursor: string | null
  readonly count: number
}

/** A page of the REST lists, with the number of all entries. */
export interface OffsetPage<Item> {
  readonly count: number
  readonly results: Item[]
}

export interface Offset {
  readonly limit: number
  readonly offset: number
}

export interface Keyset {
  readonly cursor?: string | undefined
  readonly limit: number
}
