import type { LastError } from '#shared/contract/messages.ts'

/** One text to one phone; `id` is the same in every attempt. */
export interface Outgoing {
  readonly id: number
  /** Digits only. */
  readonly phone: string
  readonly text: string
  /** Whom it is for, as the store has them: only a gateway that speaks of the client reads the attributes' JSON. */
  readonly client: { readonly name: string | null; readonly attributes: string | null }
  readonly delivery: { readonly id: number; readonly name: string }
}

/** How one request to a gateway ended. */
export type Outcome =
  /** The gateway took the message; `answer` is what it said of it, empty where that is only what the contract says anyway. */
  | { readonly kind: 'accepted'; readonly httpStatus: number; readonly answer: string }
  /** Refused for good: asking again will not help. */
  | { readonly kind: 'rejected'; readonly httpStatus: number | null; readonly error: LastError }
  /** The gateway does not know us: no message's fault. */
  | { readonly kind: 'unauthorized'; readonly httpStatus: number; readonly error: LastError }
  /** Not now, or not understood: worth another try, not before `retryAfterMs` where the gateway said so. */
  | {
      readonly kind: 'unavailable'
      readonly httpStatus: number | null
      readonly error: LastError
      readonly retryAfterMs: number | null
    }
  /** We broke the request off ourselves, because the delivery ended. */
  | { readonly kind: 'aborted'; readonly error: LastError }
  /** No request began: by the time of the claim's commit the message might not go any more. */
  | { readonly kind: 'withheld' }

/** A request under way; breaking off one that has ended does nothing. */
export interface Flight {
  /** Breaks the request off as timed out. */
  timeOut(): void
  /** Breaks the request off because its delivery ended. */
  abort(): void
}

/** The outside service that takes messages. */
export interface Gateway {
  /** Begins one request and calls `settle` exactly once, never before it returns, whatever happens. */
  send(message: Outgoing, settle: (outcome: Outcome) => void): Flight
  /** Breaks off what is under way and lets the connections go. */
  close(): Promise<void>
}
