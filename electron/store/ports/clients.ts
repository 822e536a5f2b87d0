import type { ClientQuery } from '#shared/contract/client-query.ts'
import type { Client, ClientInput, ClientPatch, ClientReplacement, ClientSortField } from '#shared/contract/clients.ts'
import type { FieldFilterName } from '#shared/domain/client-fields.ts'
import type { CursorPage, Keyset, Offset, OffsetPage } from './paging.ts'

export interface ClientListQuery extends ClientQuery, Keyset {
  readonly sortBy: ClientSortField
  readonly descending: boolean
}

/** A value that clients have, and how many clients have it. */
export interface ClientFacet {
  readonly value: string
  readonly clients: number
}

/** What filters offer: the most frequent values first; names of attributes in alphabetical order. */
export interface ClientFacets extends Readonly<Record<FieldFilterName, ClientFacet[]>> {
  readonly tags: ClientFacet[]
  readonly attributes: string[]
}

export interface ClientReads {
  /** Throws `NotFoundError`. */
  get(id: number): Promise<Client>
  /** Returns the clients with these ids, in the order of the ids. Deleted ones are missing. */
  byIds(ids: readonly number[]): Promise<Client[]>
  /** Returns a page of the console's list. `count` is exact up to 1000 and wherever an exact one is cheap. */
  list(query: ClientListQuery): Promise<CursorPage<Client> & { readonly isCountExact: boolean }>
  /** Returns the same page without the count, for a caller that reads all pages. */
  listUncounted(query: ClientListQuery): Promise<Omit<CursorPage<Client>, 'count'>>
  /** Returns a page of the REST list, by id. */
  page(query: ClientQuery & Offset): Promise<OffsetPage<Client>>
  /** Returns the exact number of clients under a query. */
  count(query: ClientQuery): Promise<number>
  /** Returns the newest client's id; 0 when there are no clients. */
  lastId(): Promise<number>
  /** Returns the next ids under a query in ascending order, after `afterId` and up to `lastId`. */
  nextIds(
    query: ClientQuery,
    range: { readonly afterId: number; readonly lastId: number; readonly limit: number },
  ): Promise<number[]>
  facets(): Promise<ClientFacets>
}

/** A client after a change, and how many of their queued messages the change cancelled. */
export interface ClientChange {
  readonly client: Client
  readonly cancelledMessages: number
}

export interface ClientWrites extends ClientReads {
  /**
   * Adds a client. A client whose phone is on the do-not-contact list is opted out from the start.
   * Throws `ConflictError` on `phone` when another client has it.
   */
  create(input: ClientInput, now: number): Promise<Client>
  /**
   * Changes the given fields. A new phone brings its own operator code unless one is given. Opting out cancels the
   * client's queued messages. Throws `NotFoundError`, and `ConflictError` on `phone`.
   */
  update(id: number, patch: ClientPatch, now: number): Promise<ClientChange>
  /** Replaces a client: fields left out get their default, except `optedOutAt`. Throws like `update`. */
  replace(id: number, input: ClientReplacement, now: number): Promise<ClientChange>
  /**
   * Deletes a client, cancels their queued messages and keeps all messages as history. Returns the number of cancelled
   * messages. Throws `NotFoundError`.
   */
  delete(id: number): Promise<number>
}
