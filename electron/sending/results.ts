import type { Outcome } from '../gateways/gateway.ts'
import { findAttempts, findStates } from '../store/send-queue/message-queue.ts'
import { type AttemptMade, type Recorded, recordStatements } from '../store/send-queue/message-results.ts'
import type { WriteSession } from '../store/sqlite/connection.ts'
import type { Claimed } from './claims.ts'
import { decide, type RetryPolicy } from './retry-policy.ts'

/** A request that has ended and is not yet on disk. */
export interface Finished {
  readonly claimed: Claimed
  readonly outcome: Outcome
  readonly startedAt: number
  readonly durationMs: number
  /** The gateway was down: a failure then is no message's fault. */
  readonly spared: boolean
  /** What was sent; the template where it came to no more. A gateway's words may repeat it. */
  readonly text: string
}

/** A request that the gateway did not accept, and what was written of it. */
export interface Doubtful {
  readonly finished: Finished
  readonly recorded: Recorded
}

/**
 * The statements for the accepted ones among the results. What they say depends on nothing else, so they need not wait
 * for a look at the store.
 */
export function plainRecords(results: readonly Finished[], now: number): string[] {
  const records = results
    .filter((result) => result.outcome.kind === 'accepted')
    .map((finished): Recorded => {
      const { delivery, message } = finished.claimed
      const attempt = attemptOf(finished, true)
      return {
        id: message.id,
        deliveryId: delivery.id,
        verdict: { status: 'sent' },
        attempt,
      }
    })
  return recordStatements(records, now)
}

/** Decides and writes what becomes of the others, by the state of their delivery at this moment. */
export async function recordDoubtful(
  sql: WriteSession,
  results: readonly Finished[],
  { policy, now, random }: { readonly policy: RetryPolicy; readonly now: number; readonly random: () => number },
): Promise<Doubtful[]> {
  const doubtful = results.filter((result) => result.outcome.kind !== 'accepted')
  if (doubtful.length === 0) return []
  const states = await findStates(sql, [...new Set(doubtful.map((result) => result.claimed.delivery.id))])
  // Their count may have changed while they were in flight: an outage that was found out gives attempts back.
  const counts = await findAttempts(
    sql,
    doubtful.map((result) => result.claimed.message.id),
  )
  const settled = doubtful.map((finished): Doubtful => {
    const { delivery, message } = finished.claimed
    const state = states.get(delivery.id)
    const before = counts.get(message.id) ?? message.attempts
    const standing = {
      spared: finished.spared,
      attempts: before,
      endsAt: state?.endsAt ?? delivery.endsAt,
      goesOn: state?.status === 'running' || state?.status === 'paused',
    }
    const { attempts, ...verdict } = decide(finished.outcome, standing, policy, now, random())
    const attempt = attemptOf(finished, attempts > before)
    return { finished, recorded: { id: message.id, deliveryId: delivery.id, verdict, attempt } }
  })
  const records = settled.map(({ recorded }) => recorded)
  await sql.exec(recordStatements(records, now).join(';\n'))
  return settled
}

function attemptOf({ outcome, startedAt, durationMs }: Finished, counted: boolean): AttemptMade | null {
  if (outcome.kind === 'withheld') return null
  const when = { startedAt, durationMs, counted }
  if (outcome.kind === 'accepted')
    return { ...when, httpStatus: outcome.httpStatus, errorCode: null, detail: outcome.answer }
  const { code, detail } = outcome.error
  return { ...when, httpStatus: outcome.kind === 'aborted' ? null : outcome.httpStatus, errorCode: code, detail }
}
