import type { DoNotContactEntry, DoNotContactQuery } from '#shared/contract/do-not-contact.ts'
import type { CursorPage, Keyset, Offset, OffsetPage } from './paging.ts'

/** What happened to phones that were added to the list. */
export interface ListedPhones {
  /** Clients who opted out by this. */
  readonly marked: number
  /** Phones that were on the list already. */
  readonly already: number
  /** Phones that no client has. */
  readonly remembered: number
  readonly cancelledMessages: number
}

export interface DoNotContactReads {
  /** Returns whether a phone is on the list. */
  has(phone: string): Promise<boolean>
  /** Returns a page of the console's list, the newest first. */
  list(query: DoNotContactQuery & Keyset): Promise<CursorPage<DoNotContactEntry>>
  /** Returns a page of the REST list, in the same order. */
  page(query: DoNotContactQuery & Offset): Promise<OffsetPage<DoNotContactEntry>>
}

export interface DoNotContactWrites extends DoNotContactReads {
  /** Adds distinct phones. Their clients opt out, and queued messages to them are cancelled. */
  add(phones: readonly string[], now: number): Promise<ListedPhones>
  /** Removes a phone. Its client may be written to again; cancelled messages stay cancelled. Throws `NotFoundError`. */
  remove(phone: string, now: number): Promise<void>
}
