import type { Attempt, Message, MessageQuery, MessageStory } from '#shared/contract/messages.ts'
import type { CursorPage, Keyset, Offset, OffsetPage } from './paging.ts'

export type AttemptOfMessage = Attempt & { readonly messageId: number }

/** When a message's last request began (ms), what the gateway answered, and how long it took. */
export interface LastAttempt {
  readonly messageId: number
  readonly startedAt: number
  readonly durationMs: number
  readonly httpStatus: number | null
}

export interface MessageReads {
  /** Throws `NotFoundError`. */
  get(id: number): Promise<Message>
  /** Returns a message with its attempts and everything that happened to it. Throws `NotFoundError`. */
  story(id: number): Promise<MessageStory>
  /** Returns a page of the console's list: the newest delivery first, within it in the order of sending. */
  list(query: MessageQuery & Keyset): Promise<CursorPage<Message>>
  /** Returns a page of the REST list: the oldest delivery first, within it in the order of sending. */
  page(query: MessageQuery & Offset): Promise<OffsetPage<Message>>
  /** Returns every request of a delivery's messages, in the order of the messages. Throws `NotFoundError`. */
  attemptsOfDelivery(deliveryId: number, slice: Offset): Promise<OffsetPage<AttemptOfMessage>>
  /** Returns every request with a message to a client, the latest message first. */
  attemptsOfClient(clientId: number, slice: Offset): Promise<OffsetPage<AttemptOfMessage>>
  /** Returns the last request of each of these messages that had one. */
  lastAttempts(messageIds: readonly number[]): Promise<LastAttempt[]>
}

export interface MessageWrites extends MessageReads {
  /** Returns an id that no message has or will have, for a request to a gateway that belongs to no message. */
  reserveId(): Promise<number>
}
