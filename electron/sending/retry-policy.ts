import { assertNever } from '#shared/domain/assert-never.ts'
import type { Outcome } from '../gateways/gateway.ts'

/** How often and how patiently a message is tried. */
export interface RetryPolicy {
  readonly baseMs: number
  readonly capMs: number
  readonly attempts: number
}

/** DOMAIN, rules of sending, 4. */
export const retryPolicy: RetryPolicy = { baseMs: 2_000, capMs: 300_000, attempts: 10 }

/** A message as it stands when its request has ended. */
export interface Attempted {
  /** Attempts that counted before this one. */
  readonly attempts: number
  readonly endsAt: number
  /** Whether its delivery still goes on: running, or paused for the moment. */
  readonly goesOn: boolean
  /** The gateway is down: the message keeps its attempt and waits for the channel, not for a back-off. */
  readonly spared: boolean
}

/** What becomes of the message, and how many attempts it has used up then. */
export type Verdict =
  | { readonly status: 'sent' | 'failed' | 'expired' | 'cancelled'; readonly attempts: number }
  | { readonly status: 'queued'; readonly attempts: number; readonly nextAttemptAt: number }

/** What becomes of a message after one attempt. `random` lies in [0, 1). Pure: the caller records it. */
export function decide(
  outcome: Outcome,
  message: Attempted,
  policy: RetryPolicy,
  now: number,
  random: number,
): Verdict {
  const attempts = message.attempts + 1
  switch (outcome.kind) {
    case 'accepted':
      return { status: 'sent', attempts }
    case 'rejected':
      return { status: 'failed', attempts }
    case 'unauthorized':
    case 'withheld':
      // The channel stops, or no request began: the message has done nothing wrong and keeps its attempt.
      return queueOrClose(message, message.attempts, now, now)
    case 'unavailable': {
      if (message.spared) return queueOrClose(message, message.attempts, now, now)
      if (attempts >= policy.attempts && message.goesOn) return { status: 'failed', attempts }
      const waitMs = outcome.retryAfterMs ?? backOff(attempts, policy, random)
      return queueOrClose(message, attempts, now + waitMs, now)
    }
    case 'aborted':
      return queueOrClose(message, attempts, now, now)
    default:
      return assertNever(outcome)
  }
}

/** Exponential back-off with full jitter: anything from nothing to base · 2^(n−1), capped. */
export function backOff(attempt: number, { baseMs, capMs }: RetryPolicy, random: number): number {
  return Math.round(random * Math.min(capMs, baseMs * 2 ** (attempt - 1)))
}

function queueOrClose(message: Attempted, attempts: number, at: number, now: number): Verdict {
  if (!message.goesOn) return { status: 'cancelled', attempts }
  if (now >= message.endsAt) return { status: 'expired', attempts }
  // Due past the end means: it waits for the end and expires there, in one statement with all the others.
  return { status: 'queued', attempts, nextAttemptAt: Math.min(at, message.endsAt) }
}
