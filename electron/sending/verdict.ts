import { assertNever } from '#shared/domain/assert-never.ts'
import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import type { Outcome } from '../gateways/gateway.ts'

/** A message when its request has ended. */
export interface Attempted {
  /** Attempts that counted before this one. */
  readonly attempts: number
  readonly endsAt: number
  /** Whether its delivery is still active: running or paused. */
  readonly isActive: boolean
  /** The gateway is down: the message keeps its attempt and waits for the channel, not for a back-off. */
  readonly keepsAttempt: boolean
}

/** What becomes of the message, and how many attempts it has used up then. */
export type Verdict =
  | { readonly status: 'sent' | 'failed' | 'expired' | 'cancelled'; readonly attempts: number }
  | {
      readonly status: 'queued'
      readonly attempts: number
      readonly nextAttemptAt: number
      /** The gateway asked to wait until then; null when the wait is our own. */
      readonly heldUntil: number | null
    }

/** Decides what becomes of a message after one attempt. `random` lies in [0, 1). Pure: the caller records it. */
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
      // The channel stops, or no request began: the message keeps its attempt.
      return requeueOrClose(message, message.attempts, now, now)
    case 'unavailable': {
      if (message.keepsAttempt) return requeueOrClose(message, message.attempts, now, now)
      if (attempts >= policy.attempts && message.isActive) return { status: 'failed', attempts }
      const { retryAfterMs } = outcome
      if (retryAfterMs === null) return requeueOrClose(message, attempts, now + backOff(attempts, policy, random), now)
      const heldUntil = now + retryAfterMs
      return requeueOrClose(message, attempts, heldUntil, now, heldUntil)
    }
    case 'aborted':
      // What never left costs no attempt.
      return requeueOrClose(message, outcome.mayHaveLeft ? attempts : message.attempts, now, now)
    default:
      return assertNever(outcome)
  }
}

/** Returns the back-off in ms, exponential with full jitter: from 0 to base · 2^(n−1), capped. */
export function backOff(attempt: number, { baseMs, capMs }: RetryPolicy, random: number): number {
  return Math.round(random * Math.min(capMs, baseMs * 2 ** (attempt - 1)))
}

function requeueOrClose(
  message: Attempted,
  attempts: number,
  at: number,
  now: number,
  heldUntil: number | null = null,
): Verdict {
  if (!message.isActive) return { status: 'cancelled', attempts }
  if (now >= message.endsAt) return { status: 'expired', attempts }
  // A message due past the end waits for the end and expires there, in one statement with all the others.
  return { status: 'queued', attempts, nextAttemptAt: Math.min(at, message.endsAt), heldUntil }
}
