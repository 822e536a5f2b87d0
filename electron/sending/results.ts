import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import { httpStatusOf, type Outcome } from '../gateways/gateway.ts'
import type { AttemptMade, MessageResult, SendTurn } from '../store/ports/send-queue.ts'
import type { Claimed } from './claims.ts'
import { decide } from './verdict.ts'

/** A request that has ended and is not yet on disk. */
export interface Finished {
  readonly claimed: Claimed
  readonly outcome: Outcome
  readonly startedAt: number
  readonly durationMs: number
  /** The gateway was down: a failure then is no message's fault. */
  readonly keepsAttempt: boolean
  /** What was sent; the template where no text was rendered. A gateway's words may repeat it. */
  readonly text: string
}

/** A request that the gateway did not accept, and what was recorded of it. */
export interface Unaccepted {
  readonly finished: Finished
  readonly recorded: MessageResult
}

/** Returns what to record of the accepted ones. It depends on nothing in the store, so it needs no read. */
export function acceptedRecords(results: readonly Finished[]): MessageResult[] {
  return results
    .filter((result) => result.outcome.kind === 'accepted')
    .map((finished) => {
      const { delivery, message } = finished.claimed
      const ids = { id: message.id, deliveryId: delivery.id, clientId: message.clientId }
      return { ...ids, verdict: { status: 'sent' }, attempt: attemptOf(finished, true) }
    })
}

/** Decides and records what becomes of the others, by the state of their delivery at this moment. */
export async function recordUnaccepted(
  turn: SendTurn,
  results: readonly Finished[],
  { policy, now, random }: { readonly policy: RetryPolicy; readonly now: number; readonly random: () => number },
): Promise<Unaccepted[]> {
  const unaccepted = results.filter((result) => result.outcome.kind !== 'accepted')
  if (unaccepted.length === 0) return []
  const states = await turn.findStates([...new Set(unaccepted.map((result) => result.claimed.delivery.id))])
  // Attempts may have been refunded while they were in flight, when the circuit opened.
  const counts = await turn.findAttempts(unaccepted.map((result) => result.claimed.message.id))
  const decided = unaccepted.map((finished): Unaccepted => {
    const { delivery, message } = finished.claimed
    const state = states.get(delivery.id)
    const before = counts.get(message.id) ?? message.attempts
    const attempted = {
      keepsAttempt: finished.keepsAttempt,
      attempts: before,
      endsAt: state?.endsAt ?? delivery.endsAt,
      isActive: state?.status === 'running' || state?.status === 'paused',
    }
    const { attempts, ...verdict } = decide(finished.outcome, attempted, policy, now, random())
    const ids = { id: message.id, deliveryId: delivery.id, clientId: message.clientId }
    return { finished, recorded: { ...ids, verdict, attempt: attemptOf(finished, attempts > before) } }
  })
  await turn.record(decided.map(({ recorded }) => recorded))
  return decided
}

/** Null when nothing was written to the gateway. */
function attemptOf({ outcome, startedAt, durationMs }: Finished, counted: boolean): AttemptMade | null {
  if (outcome.kind === 'withheld' || (outcome.kind === 'aborted' && !outcome.mayHaveLeft)) return null
  const when = { startedAt, durationMs, counted }
  if (outcome.kind === 'accepted')
    return { ...when, httpStatus: httpStatusOf(outcome.answer), errorCode: null, detail: outcome.answer.text }
  const { code, detail } = outcome.error
  const httpStatus = outcome.kind === 'aborted' ? null : httpStatusOf(outcome.answer)
  return { ...when, httpStatus, errorCode: code, detail }
}
