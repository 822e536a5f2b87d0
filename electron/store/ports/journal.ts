import type { ActivityEntry } from '#shared/contract/activity.ts'
import type { JournalQuery } from '#shared/contract/journal.ts'
import type { CursorPage, Keyset, Offset, OffsetPage } from './paging.ts'

/** What happened, the newest first. */
export interface JournalReads {
  /** Returns a page of what users did, for the console. */
  list(query: JournalQuery & Keyset): Promise<CursorPage<ActivityEntry>>
  /** Returns a page of what users did, for REST. */
  page(query: JournalQuery & Offset): Promise<OffsetPage<ActivityEntry>>
  /** Returns what happened to a delivery as a whole. Its messages are counted, not listed. */
  ofDelivery(deliveryId: number, slice: Offset): Promise<OffsetPage<ActivityEntry>>
  /** Returns what happened to a client and to the messages to them. */
  ofClient(clientId: number, slice: Offset): Promise<OffsetPage<ActivityEntry>>
}
