import type { ActivityEvent } from '../base/trace-line.ts'
import { activityStatements } from '../store/journal/activity.ts'
import { beginDelivery, completeFinished, expireOverdue, findDue, nextTurn } from '../store/send-queue/delivery-life.ts'
import { findStates, requeueAfterClockBack } from '../store/send-queue/message-queue.ts'
import { moveEvents } from '../store/send-queue/moved-messages.ts'
import { refundAttempts } from '../store/send-queue/refund-attempts.ts'
import type { OwnedSession } from '../store/sqlite/connection.ts'
import { type Claimed, noClaims, type QueueMemory } from './claims.ts'
import type { Blameless } from './failure-streak.ts'
import type { Flights } from './flights.ts'
import { type Doubtful, type Finished, recordDoubtful } from './results.ts'
import type { RetryPolicy } from './retry-policy.ts'

/** What every turn works with. */
export interface TurnParts {
  readonly session: OwnedSession
  readonly queues: QueueMemory
  readonly flights: Flights
  readonly policy: RetryPolicy
  readonly random: () => number
}

/** What one turn is to do, beside what is due by the clock. */
export interface TurnWork {
  readonly now: number
  readonly results: readonly Finished[]
  /** Failures that turned out to be the gateway's own. */
  readonly blameless: readonly Blameless[]
  /** How many messages may be claimed. */
  readonly room: number
  /** Whether deliveries may start or end now, or may have been changed. */
  readonly looksAround: boolean
  /** Whether the wall clock has gone back since the last turn. */
  readonly clockWentBack: boolean
}

export interface TurnDone {
  readonly claimed: readonly Claimed[]
  /** The deliveries that moved, each with how many of its messages are done. */
  readonly touched: ReadonlyMap<number, number>
  readonly doubtful: readonly Doubtful[]
  readonly news: readonly ActivityEvent[]
  /** When a delivery next starts or ends; told only by a turn that looked around. */
  readonly nextTurnAt?: number | null
}

/**
 * What one transaction does: records results, starts and ends deliveries that are due, claims messages. Statements that depend on nothing
 * else are left in `last`, to travel with the commit.
 */
export async function takeTurn(parts: TurnParts, work: TurnWork, last: string[]): Promise<TurnDone> {
  const { session, queues, flights, policy, random } = parts
  const { now, results, blameless, room, looksAround } = work
  const touched = new Map<number, number>()
  const touch = (id: number, done = 0): void => void touched.set(id, (touched.get(id) ?? 0) + done)
  const news: ActivityEvent[] = []

  const doubtful = await recordDoubtful(session, results, { policy, now, random })
  for (const { deliveryId, verdict } of doubtful.map(({ recorded }) => recorded)) {
    if (verdict.status === 'queued') queues.expect(deliveryId, verdict.nextAttemptAt)
    touch(deliveryId, verdict.status === 'queued' ? 0 : 1)
  }
  for (const { claimed, outcome } of results) if (outcome.kind === 'accepted') touch(claimed.delivery.id, 1)
  if (blameless.length > 0) {
    for (const { deliveryId } of blameless) touch(deliveryId)
    news.push(...(await refundAttempts(session, blameless, now)))
    queues.forget()
  }
  let nextTurnAt: number | null | undefined
  if (work.clockWentBack) await requeueAfterClockBack(session, now)
  if (looksAround) {
    for (const { id, expired } of await expireOverdue(session, now)) {
      touch(id)
      news.push(...moveEvents(id, expired, 'expired', { because: 'deliveryEnded' }))
    }
    for (const id of await findDue(session, now)) {
      touch(id)
      news.push(...(await beginDelivery(session, id, now)))
    }
    nextTurnAt = await nextTurn(session, now)
    flights.learnEnds(await findStates(session, flights.deliveries()))
    queues.forget()
  }
  const claims = room > 0 ? await queues.claimDue(session, now, room) : noClaims
  last.push(...claims.statements)
  news.push(...claims.news)
  for (const id of claims.movedIn) touch(id)
  const goingOn = new Set(claims.claimed.map(({ delivery }) => delivery.id))
  // Whoever has just had messages claimed cannot be at its end.
  const mayHaveEnded = looksAround || [...touched.keys()].some((id) => !goingOn.has(id))
  for (const id of goingOn) touch(id)
  if (mayHaveEnded) {
    for (const id of await completeFinished(session, now)) {
      touch(id)
      news.push({ delivery: id, status: 'completed', because: 'nothingLeft' })
      queues.forget()
    }
  }
  last.push(...activityStatements([...withheldAmong(doubtful), ...news], now))
  return { claimed: claims.claimed, touched, doubtful, news, ...(nextTurnAt === undefined ? {} : { nextTurnAt }) }
}

/** Messages whose requests never began: the log has its line for each as for a request, the store has no attempt to show. */
function withheldAmong(doubtful: readonly Doubtful[]): ActivityEvent[] {
  return doubtful
    .filter(({ recorded }) => recorded.attempt === null)
    .map(({ finished: { claimed }, recorded: { id, deliveryId, verdict } }) => {
      const ids = { delivery: deliveryId, message: id, client: claimed.message.clientId }
      return { ...ids, status: verdict.status, because: 'withheld' }
    })
}
