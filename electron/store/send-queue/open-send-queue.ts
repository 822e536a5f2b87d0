import { toInstant } from '../../base/clock.ts'
import type { ActivityEvent } from '../../base/trace-line.ts'
import { activityStatements } from '../journal/activity.ts'
import type { MessageResult, SenderId, SendQueue, SendTurn } from '../ports/send-queue.ts'
import { type OwnedSession, openSession, type WriteSession } from '../sqlite/connection.ts'
import { troubleOf } from '../sqlite/trouble.ts'
import {
  completeFinished,
  expireOverdue,
  findDueDeliveries,
  findStates,
  nextMomentAt,
  startDelivery,
} from './delivery-life.ts'
import {
  cancelStatements,
  claimStatements,
  deferToWindow,
  findAttempts,
  findDueMessages,
  findRunning,
  lastChangeAt,
  nextDueAt,
  requeueAfterClockBack,
} from './message-queue.ts'
import { resultStatements } from './message-results.ts'
import { moveEvents } from './moved-messages.ts'
import { settleOrphans } from './orphans.ts'
import { refundAttempts } from './refund-attempts.ts'

/**
 * Opens the queue of a SQLite store on a separate connection. Accepted results travel with BEGIN, claims and events
 * with COMMIT: each saved trip to the driver's thread counts on the hot path.
 */
export async function openSendQueue(file: string, sender: SenderId): Promise<SendQueue> {
  return createSendQueue(await openSession(file), sender)
}

/** Returns the queue on an open connection, which it then owns. */
export function createSendQueue(session: OwnedSession, sender: SenderId): SendQueue {
  return {
    turn: (accepted, now, work) =>
      session.transaction(
        async (last) => {
          const changes: TurnChanges = { sql: session, sender, now, events: [], withheld: [] }
          const claims = claimOperations(changes)
          const result = await work({
            events: changes.events,
            ...deliveryOperations(changes),
            ...resultOperations(changes),
            ...claims.operations,
          })
          last.push(...claims.statements(), ...activityStatements([...changes.withheld, ...changes.events], now))
          return result
        },
        resultStatements(accepted, now),
      ),
    lastChangeAt: () => lastChangeAt(session),
    troubleOf,
    close: session.close,
  }
}

/** One turn: its transaction, its moment, and what happened in it. */
interface TurnChanges {
  readonly sql: WriteSession
  readonly sender: SenderId
  readonly now: number
  readonly events: ActivityEvent[]
  /** Results without a request. The log has its own line for each; the journal has no attempt to show. */
  readonly withheld: ActivityEvent[]
}

type DeliveryOperation =
  | 'settleOrphans'
  | 'expireOverdue'
  | 'startDue'
  | 'completeFinished'
  | 'nextMomentAt'
  | 'findStates'
type ResultOperation = 'findAttempts' | 'record' | 'refundAttempts' | 'requeueAfterClockBack'

function deliveryOperations({ sql, now, events }: TurnChanges): Pick<SendTurn, DeliveryOperation> {
  return {
    async settleOrphans(policy, living) {
      const settled = await settleOrphans(sql, policy, living, now)
      for (const { deliveryId, moved, status } of settled)
        events.push(...moveEvents(deliveryId, moved, status, { was: 'sending', because: 'interrupted' }))
      return settled.map(({ deliveryId, moved, status }) => ({ deliveryId, count: moved.count, status }))
    },
    async expireOverdue() {
      const overdue = await expireOverdue(sql, now)
      for (const { id, expired } of overdue)
        events.push(...moveEvents(id, expired, 'expired', { because: 'deliveryEnded' }))
      return overdue.map(({ id }) => id)
    },
    async startDue() {
      const due = await findDueDeliveries(sql, now)
      for (const id of due) events.push(...(await startDelivery(sql, id, now)))
      return due
    },
    async completeFinished() {
      const completed = await completeFinished(sql, now)
      for (const id of completed) events.push({ delivery: id, status: 'completed', because: 'nothingLeft' })
      return completed
    },
    nextMomentAt: () => nextMomentAt(sql, now),
    findStates: (ids) => findStates(sql, ids),
  }
}

function resultOperations({ sql, now, events, withheld }: TurnChanges): Pick<SendTurn, ResultOperation> {
  return {
    findAttempts: (ids) => findAttempts(sql, ids),
    async record(results) {
      await sql.exec(resultStatements(results, now).join(';\n'))
      for (const result of results) if (result.attempt === null) withheld.push(withheldEvent(result))
    },
    async refundAttempts(faults) {
      events.push(...(await refundAttempts(sql, faults, now)))
    },
    requeueAfterClockBack: (byMs) => requeueAfterClockBack(sql, byMs, now),
  }
}

function withheldEvent({ id, deliveryId, clientId, verdict }: MessageResult): ActivityEvent {
  return { delivery: deliveryId, message: id, client: clientId, status: verdict.status, because: 'withheld' }
}

interface ClaimOperations {
  readonly operations: Omit<SendTurn, 'events' | DeliveryOperation | ResultOperation>
  /** The claims that are not yet executed. */
  statements(): readonly string[]
}

/** Claims and cancellations are executed with the commit, or as soon as their queue is read again. */
function claimOperations({ sql, sender, now, events }: TurnChanges): ClaimOperations {
  const statements: string[] = []
  const changed = new Set<number>()

  async function flush(deliveryId: number): Promise<void> {
    if (!changed.has(deliveryId)) return
    changed.clear()
    await sql.exec(statements.splice(0).join(';\n'))
  }

  function add(deliveryId: number, more: readonly string[]): void {
    if (more.length === 0) return
    statements.push(...more)
    changed.add(deliveryId)
  }

  return {
    statements: () => statements,
    operations: {
      findRunning: () => findRunning(sql, now),
      async findDue(delivery, limit) {
        await flush(delivery.id)
        return findDueMessages(sql, delivery, now, limit)
      },
      claim: (deliveryId, ids) => add(deliveryId, claimStatements(deliveryId, ids, sender)),
      cancel(deliveryId, messages) {
        const ids = messages.map((message) => message.id)
        add(deliveryId, cancelStatements(deliveryId, ids))
        for (const { id, clientId } of messages) {
          const because = clientId === null ? 'clientDeleted' : 'clientOptedOut'
          events.push({ delivery: deliveryId, message: id, client: clientId, status: 'cancelled', because })
        }
      },
      async deferToWindow(deliveryId, timeZone, until) {
        const messages = await deferToWindow(sql, deliveryId, timeZone, now, until)
        const because = 'outsideHours'
        events.push({ delivery: deliveryId, messages, timeZone, status: 'queued', until: toInstant(until), because })
      },
      async nextDueAt(delivery) {
        await flush(delivery.id)
        return nextDueAt(sql, delivery)
      },
    },
  }
}
