import type { Delivery, DeliveryQuery, SendingWindow } from '#shared/contract/deliveries.ts'
import type { Filter } from '#shared/domain/filter.ts'
import type { DeliveryStatus } from '#shared/domain/states.ts'
import type { CursorPage, Keyset, Offset, OffsetPage } from './paging.ts'

/** The fields of a delivery that the user writes. Instants in milliseconds. */
export interface DeliveryFields {
  readonly name: string
  readonly text: string
  readonly filter: Filter
  readonly startsAt: number
  readonly endsAt: number
  readonly window: SendingWindow | null
  readonly ratePerSecond: number | null
}

/** What one chunk of cancelling or deleting a large delivery did. */
export interface ClearedChunk {
  readonly deliveryId: number
  readonly kind: 'cancelled' | 'deleted'
  readonly messages: number
}

export interface DeliveryReads {
  /** Throws `NotFoundError`. */
  get(id: number): Promise<Delivery>
  /** Returns null when there is no such delivery. */
  find(id: number): Promise<Delivery | null>
  /** Returns a page of the console's list, the newest first. */
  list(query: DeliveryQuery & Keyset): Promise<CursorPage<Delivery>>
  /** Returns a page of the REST list, the newest first. */
  page(query: DeliveryQuery & Offset): Promise<OffsetPage<Delivery>>
  /** Returns the ids of the deliveries that are running or scheduled. */
  active(): Promise<number[]>
}

/** Which uncertain messages: all of a delivery, or one of them. */
export interface UncertainMessages {
  readonly deliveryId: number
  readonly messageId?: number | undefined
}

export interface DeliveryWrites extends DeliveryReads {
  /** Returns the id. */
  create(fields: DeliveryFields & { readonly status: 'draft' | 'scheduled' }, now: number): Promise<number>
  /** Changes the given fields. */
  update(
    id: number,
    fields: Partial<DeliveryFields & { readonly status: DeliveryStatus; readonly finishedAt: number | null }>,
    now: number,
  ): Promise<void>
  /**
   * Fixes the audience: creates one message for each client that the filter selects now. When the end has passed, the
   * messages are created as expired. A delivery that has started stays as it is.
   */
  start(id: number, now: number, reason: { readonly by: 'operator' } | { readonly because: 'startDue' }): Promise<void>
  /** Makes the messages due that wait for the window, so that the new one decides. */
  requeueAfterWindowChange(id: number, now: number): Promise<void>
  /**
   * Cancels a delivery: nothing more of it is sent. When it has many queued messages, `clearNext` cancels
   * them.
   */
  cancel(id: number, now: number): Promise<void>
  /**
   * Cancels a delivery and deletes it with its messages and their attempts. From now on nothing shows it. `clearNext`
   * deletes the messages of a large one. Throws `NotFoundError`.
   */
  delete(id: number): Promise<void>
  /** Clears up to `limit` messages that a cancelled or deleted delivery has left. Returns null when none are left. */
  clearNext(limit: number): Promise<ClearedChunk | null>
  /** Puts the failed or uncertain messages back into the queue, due now, with fresh attempts. Returns their number. */
  requeue(id: number, status: 'failed' | 'uncertain', now: number): Promise<number>
  /** Records what the user knows about uncertain messages. Returns their number. */
  resolveUncertain(which: UncertainMessages, resolution: 'sent' | 'resend' | 'failed', now: number): Promise<number>
}
