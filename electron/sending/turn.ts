import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import type { GatewayFault, SendTurn } from '../store/ports/send-queue.ts'
import { type Claimed, noClaims, type QueueMemory } from './claims.ts'
import type { Flights } from './flights.ts'
import { type Finished, recordUnaccepted, type Unaccepted } from './results.ts'
import type { Check } from './wake-schedule.ts'

/** What every turn works with. */
export interface TurnParts {
  readonly queues: QueueMemory
  readonly flights: Flights
  readonly policy: RetryPolicy
  readonly random: () => number
}

/** What one turn is to do, beside what the clock makes due. */
export interface TurnWork extends Check {
  readonly now: number
  readonly results: readonly Finished[]
  readonly faults: readonly GatewayFault[]
  /** How many messages may be claimed. */
  readonly room: number
}

export interface TurnDone {
  readonly claimed: readonly Claimed[]
  /** The deliveries that changed, each with how many of its messages got their result. */
  readonly changed: ReadonlyMap<number, number>
  readonly unaccepted: readonly Unaccepted[]
  /** When a delivery next starts or ends; undefined when the deliveries were not checked. */
  readonly nextMomentAt: number | null | undefined
}

/** The deliveries that one turn changes, each with its number of new results. */
class Changes extends Map<number, number> {
  add(deliveryId: number, results = 0): void {
    this.set(deliveryId, (this.get(deliveryId) ?? 0) + results)
  }
}

/** Does the work of one transaction: records results, starts and ends deliveries that are due, claims messages. */
export async function takeTurn(parts: TurnParts, turn: SendTurn, work: TurnWork): Promise<TurnDone> {
  const changed = new Changes()
  const unaccepted = await recordResults(parts, turn, work, changed)
  const nextMomentAt = work.checkDeliveries ? await checkDeliveries(parts, turn, changed) : undefined
  const claims = work.room > 0 ? await parts.queues.claimDue(turn, work.now, work.room) : noClaims
  for (const id of claims.changed) changed.add(id)
  const claiming = new Set(claims.claimed.map(({ delivery }) => delivery.id))
  // A delivery that has just had messages claimed cannot be complete.
  const mayBeComplete = work.checkDeliveries || [...changed.keys()].some((id) => !claiming.has(id))
  for (const id of claiming) changed.add(id)
  if (mayBeComplete) {
    for (const id of await turn.completeFinished()) {
      changed.add(id)
      parts.queues.forget()
    }
  }
  return { claimed: claims.claimed, changed, unaccepted, nextMomentAt }
}

async function recordResults(
  { queues, policy, random }: TurnParts,
  turn: SendTurn,
  { now, results, faults, clockBackMs }: TurnWork,
  changed: Changes,
): Promise<Unaccepted[]> {
  // Before the results: their waits are counted from the new time already.
  if (clockBackMs > 0) await turn.requeueAfterClockBack(clockBackMs)
  const unaccepted = await recordUnaccepted(turn, results, { policy, now, random })
  for (const { recorded } of unaccepted) {
    const { deliveryId, verdict } = recorded
    if (verdict.status === 'queued') queues.expect(deliveryId, verdict.nextAttemptAt)
    changed.add(deliveryId, verdict.status === 'queued' ? 0 : 1)
  }
  for (const { claimed, outcome } of results) if (outcome.kind === 'accepted') changed.add(claimed.delivery.id, 1)
  if (faults.length > 0) {
    await turn.refundAttempts(faults)
    for (const { deliveryId } of faults) changed.add(deliveryId)
    queues.forget()
  }
  return unaccepted
}

/** Returns when a delivery next starts or ends. */
async function checkDeliveries(
  { queues, flights }: TurnParts,
  turn: SendTurn,
  changed: Changes,
): Promise<number | null> {
  for (const id of await turn.expireOverdue()) changed.add(id)
  for (const id of await turn.startDue()) changed.add(id)
  const nextMomentAt = await turn.nextMomentAt()
  flights.learnEnds(await turn.findStates(flights.deliveries()))
  queues.forget()
  return nextMomentAt
}
