import type { LastError } from '#shared/contract/messages.ts'
import type { MergeTexts } from '#shared/domain/merge-values.ts'

/** One text to one phone; `id` is the same in every attempt. */
export interface Outgoing {
  readonly id: number
  /** Digits only. */
  readonly phone: string
  readonly text: string
  /** The recipient as the store has them; `attributes` is a JSON object, read only by a gateway that sends fields. */
  readonly client: MergeTexts & { readonly attributes: string | null }
  readonly delivery: { readonly id: number; readonly name: string }
}

/** A gateway's answer to one request, over any protocol. */
export interface GatewayAnswer {
  readonly protocol: 'http' | 'smpp'
  /** The HTTP status, or SMPP's command_status. */
  readonly code: number | string
  /** The gateway's own words; empty where they say no more than the code and the contract. */
  readonly text: string
}

/** How one request to a gateway ended. */
export type Outcome =
  /** The gateway accepted the message. */
  | { readonly kind: 'accepted'; readonly answer: GatewayAnswer }
  /** Refused for good: a retry will not help. Without an answer the request could not be written. */
  | { readonly kind: 'rejected'; readonly answer: GatewayAnswer | null; readonly error: LastError }
  /** The gateway refuses our credentials: no message's fault. */
  | { readonly kind: 'unauthorized'; readonly answer: GatewayAnswer; readonly error: LastError }
  /** Worth a retry, not before `retryAfterMs` where the gateway said so. */
  | {
      readonly kind: 'unavailable'
      readonly answer: GatewayAnswer | null
      readonly error: LastError
      readonly retryAfterMs: number | null
    }
  /** We gave the request up because the delivery ended. `mayHaveLeft`: some of it may have reached the gateway. */
  | { readonly kind: 'aborted'; readonly mayHaveLeft: boolean; readonly error: LastError }
  /** No request began: when the claim was on disk, the message was no longer allowed to go. */
  | { readonly kind: 'withheld' }

/** The HTTP status of an answer; null without one or over another protocol. */
export function httpStatusOf(answer: GatewayAnswer | null): number | null {
  return answer?.protocol === 'http' && typeof answer.code === 'number' ? answer.code : null
}

/** What a gateway says on its own, without a request. */
export type GatewayEvent =
  /** What became of a message that the gateway accepted. */
  | {
      readonly kind: 'receipt'
      readonly providerMessageId: string
      readonly status: 'delivered' | 'undelivered' | 'expired' | 'rejected' | 'unknown'
      readonly at: number
      readonly text: string
    }
  /** A message from a client. Phones are digits only. */
  | {
      readonly kind: 'reply'
      readonly from: string
      readonly to: string
      readonly text: string
      readonly at: number
    }

/** A request in flight. Giving up one that has ended does nothing. */
export interface Flight {
  /** Gives the request up because it takes too long. */
  timeOut(): void
  /** Gives the request up because its delivery ended. */
  abort(): void
}

/** The outside service that messages are sent through. */
export interface Gateway {
  /**
   * Starts the gateway before the first request; a protocol with a session opens it and keeps it. `onEvent` receives
   * what the gateway says on its own, until `close`. A session that cannot be opened fails the requests, not this call.
   */
  open(onEvent: (event: GatewayEvent) => void): void
  /** Starts one request and calls `settle` exactly once, never before it returns. */
  send(message: Outgoing, settle: (outcome: Outcome) => void): Flight
  /** Gives up what is in flight and closes the connections. */
  close(): Promise<void>
}
