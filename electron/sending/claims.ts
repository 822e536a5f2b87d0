import { assertNever } from '#shared/domain/assert-never.ts'
import type { DueMessage, RunningDelivery, SendTurn } from '../store/ports/send-queue.ts'
import { permissionFor } from './permission.ts'
import type { RateLimits } from './rate-limits.ts'

/** A message that is marked as in flight and may go out as soon as the mark is on disk. */
export interface Claimed {
  readonly delivery: RunningDelivery
  readonly message: DueMessage
}

export interface Claims {
  readonly claimed: readonly Claimed[]
  /** Deliveries in which messages were cancelled or deferred on the way. */
  readonly changed: ReadonlySet<number>
}

export const noClaims: Claims = { claimed: [], changed: new Set() }

/** Remembers which deliveries run and which of their queues have nothing due, to ask the store no more than needed. */
export interface QueueMemory {
  /** Claims up to `limit` messages, shared evenly among the running deliveries. */
  claimDue(turn: SendTurn, now: number, limit: number): Promise<Claims>
  /** A message of this delivery returned to the queue, due at `at`. */
  expect(deliveryId: number, at: number): void
  /** Anything may have changed: the next claim reads everything again. */
  forget(): void
  /** Returns when the next queue has something due; 0 when one that was not read to its end may have it now, null when none will. */
  nextDueAt(): number | null
}

/** Every delivery costs some statements: with little room, fewer deliveries get a batch each, and the others come next. */
const minShare = 8

interface MemoryState {
  /** Null: not known. */
  running: RunningDelivery[] | null
  /** Deliveries with nothing due before the given moment. */
  readonly resting: Map<number, number>
  /** The id of the delivery that was served last. */
  lastServed: number
}

export function createQueueMemory(limits: RateLimits): QueueMemory {
  const state: MemoryState = { running: null, resting: new Map(), lastServed: 0 }
  return {
    claimDue: (turn, now, limit) => claimDue(state, limits, turn, now, limit),
    expect(deliveryId, at) {
      const known = state.resting.get(deliveryId)
      if (known !== undefined && at < known) state.resting.set(deliveryId, at)
    },
    forget: () => {
      state.running = null
    },
    nextDueAt() {
      const { running, resting } = state
      if (running === null || running.some(({ id }) => !resting.has(id))) return 0
      const next = Math.min(...resting.values())
      return Number.isFinite(next) ? next : null
    },
  }
}

async function claimDue(
  state: MemoryState,
  limits: RateLimits,
  turn: SendTurn,
  now: number,
  limit: number,
): Promise<Claims> {
  const claimed: Claimed[] = []
  const changed = new Set<number>()
  let queue = await findServable(state, turn, now)
  while (queue.length > 0 && claimed.length < limit) {
    const again: RunningDelivery[] = []
    for (const [index, delivery] of queue.entries()) {
      const room = limit - claimed.length
      if (room === 0) break
      const share = Math.min(room, Math.max(minShare, Math.ceil(room / (queue.length - index))))
      const allowed = limits.allowedByDelivery(delivery)
      if (allowed === 0) {
        state.resting.set(delivery.id, now + limits.deliveryWaitMs(delivery))
        continue
      }
      state.lastServed = delivery.id
      const served = await claimFrom(turn, delivery, now, Math.min(share, allowed))
      limits.take(delivery, served.messages.length)
      for (const message of served.messages) claimed.push({ delivery, message })
      if (served.hasChanged) changed.add(delivery.id)
      if (served.next === 'more') again.push(delivery)
      else if (served.next === 'empty') await rest(state, turn, delivery)
    }
    queue = again
  }
  return { claimed, changed }
}

/** Returns the running deliveries with something due, starting after the one that was served last. */
async function findServable(state: MemoryState, turn: SendTurn, now: number): Promise<RunningDelivery[]> {
  if (state.running === null) {
    state.running = await turn.findRunning()
    state.resting.clear()
  }
  const { running, resting, lastServed } = state
  const offset = Math.max(
    0,
    running.findIndex(({ id }) => id > lastServed),
  )
  return [...running.slice(offset), ...running.slice(0, offset)].filter(({ id }) => (resting.get(id) ?? 0) <= now)
}

/** Leaves a delivery alone until its next message is due. */
async function rest(state: MemoryState, turn: SendTurn, delivery: RunningDelivery): Promise<void> {
  const dueAt = await turn.nextDueAt(delivery)
  if (dueAt === 'changed') state.running = null
  else state.resting.set(delivery.id, dueAt ?? Number.POSITIVE_INFINITY)
}

interface Served {
  readonly messages: readonly DueMessage[]
  /** Whether messages were cancelled or deferred. */
  readonly hasChanged: boolean
  /** Whether the queue may have more that is due; `later`: deferring is slow, so other writers go first. */
  readonly next: 'more' | 'empty' | 'later'
}

async function claimFrom(turn: SendTurn, delivery: RunningDelivery, now: number, limit: number): Promise<Served> {
  const due = await turn.findDue(delivery, limit)
  const messages: DueMessage[] = []
  const cancelled: DueMessage[] = []
  const closedZones = new Map<string, number>()
  for (const message of due) {
    const permission = permissionFor(delivery, message, now)
    switch (permission.kind) {
      case 'go':
        messages.push(message)
        break
      case 'cancel':
        cancelled.push(message)
        break
      case 'wait':
        if (message.timeZone !== null) closedZones.set(message.timeZone, permission.until)
        break
      case 'over':
        // The end was checked with the same moment when the message was found.
        break
      default:
        assertNever(permission)
    }
  }
  turn.claim(
    delivery.id,
    messages.map((message) => message.id),
  )
  turn.cancel(delivery.id, cancelled)
  // A message whose window does not open before the delivery's end waits for that end.
  for (const [timeZone, opensAt] of closedZones)
    await turn.deferToWindow(delivery.id, timeZone, Math.min(opensAt, delivery.endsAt))
  const hasDeferred = closedZones.size > 0
  const next = hasDeferred ? 'later' : due.length === limit ? 'more' : 'empty'
  return { messages, hasChanged: hasDeferred || cancelled.length > 0, next }
}
