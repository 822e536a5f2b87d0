import type { LocalWindow } from '#shared/domain/sending-window.ts'
import { toInstant } from '../base/clock.ts'
import type { ActivityEvent } from '../base/trace-line.ts'
import {
  cancelStatements,
  claimStatements,
  type DueMessage,
  deferToWindow,
  findDueMessages,
  findRunning,
  isCurrent,
  nextDueAt,
  type RunningDelivery,
} from '../store/send-queue/message-queue.ts'
import type { ReadSession, WriteSession } from '../store/sqlite/connection.ts'
import { maySend } from './may-send.ts'
import { createRateLimits } from './rate-limits.ts'

/** A message that is marked as in flight and may go out as soon as the mark is on disk. */
export interface Claimed {
  readonly delivery: RunningDelivery
  readonly message: DueMessage
}

export interface Claims {
  readonly claimed: readonly Claimed[]
  /** What makes the claims true; belongs before the commit. */
  readonly statements: readonly string[]
  /** Deliveries in which messages were cancelled or put off on the way. */
  readonly movedIn: readonly number[]
  /** Who was cancelled or put off, and why. */
  readonly news: readonly ActivityEvent[]
}

export const noClaims: Claims = { claimed: [], statements: [], movedIn: [], news: [] }

/** Remembers which deliveries run and which of their queues hold nothing due, so that the store is asked no more than needed. */
export interface QueueMemory {
  /** Claims up to `limit` messages, shared evenly among the running deliveries. Runs inside the caller's transaction. */
  claimDue(sql: WriteSession, now: number, limit: number): Promise<Claims>
  /** A message of this delivery came back to the queue, due at `at`. */
  expect(deliveryId: number, at: number): void
  /** Anything may have changed: look at everything again. */
  forget(): void
  /** When the next queue has something due; 0 when one that was not looked at to its end may have it now, null when none will. */
  nextDueAt(): number | null
}

/** Every delivery that is served costs some statements: with little room, fewer get a handful each, and the others come next. */
const leastShare = 8

/** `monotonic` is a clock in milliseconds, by which rates are kept. */
export function createQueueMemory(monotonic: () => number): QueueMemory {
  let running: RunningDelivery[] | null = null
  /** Deliveries with nothing due before the given moment. */
  const resting = new Map<number, number>()
  const limits = createRateLimits(monotonic)
  let lastServed = 0

  /** The running deliveries with something due, beginning after the one that was served last. */
  async function hungry(sql: ReadSession, now: number): Promise<RunningDelivery[]> {
    if (running === null) {
      running = await findRunning(sql, now)
      resting.clear()
    }
    const offset = Math.max(
      0,
      running.findIndex(({ id }) => id > lastServed),
    )
    return [...running.slice(offset), ...running.slice(0, offset)].filter(({ id }) => (resting.get(id) ?? 0) <= now)
  }

  return {
    async claimDue(sql, now, limit) {
      const claimed: Claimed[] = []
      const statements: string[] = []
      const movedIn = new Set<number>()
      const news: ActivityEvent[] = []
      // A queue that is looked at again must show what was taken from it.
      const settle = async (): Promise<void> => sql.exec(statements.splice(0).join(';\n'))
      let queue = await hungry(sql, now)
      while (queue.length > 0 && claimed.length < limit) {
        const more: RunningDelivery[] = []
        for (const [index, delivery] of queue.entries()) {
          const room = limit - claimed.length
          if (room === 0) break
          const share = Math.min(room, Math.max(leastShare, Math.ceil(room / (queue.length - index))))
          const allowed = limits.allowed(delivery)
          if (allowed === 0) {
            resting.set(delivery.id, now + limits.waitMs(delivery))
            continue
          }
          lastServed = delivery.id
          const taken = await claimFrom(sql, delivery, now, Math.min(share, allowed))
          limits.took(delivery, taken.go.length)
          for (const message of taken.go) claimed.push({ delivery, message })
          statements.push(...taken.statements)
          news.push(...taken.news)
          if (taken.news.length > 0) movedIn.add(delivery.id)
          // Putting many off takes its time: others may write before it goes on.
          if (taken.waiting) continue
          if (taken.more) more.push(delivery)
          else if (await isCurrent(sql, delivery)) {
            await settle()
            resting.set(delivery.id, (await nextDueAt(sql, delivery.id)) ?? Number.POSITIVE_INFINITY)
          } else running = null
        }
        queue = more
        if (queue.length > 0 && claimed.length < limit) await settle()
      }
      return { claimed, statements, movedIn: [...movedIn], news }
    },
    expect(deliveryId, at) {
      const known = resting.get(deliveryId)
      if (known !== undefined && at < known) resting.set(deliveryId, at)
    },
    forget: () => {
      running = null
    },
    nextDueAt() {
      if (running === null || running.some(({ id }) => !resting.has(id))) return 0
      const next = Math.min(...resting.values())
      return Number.isFinite(next) ? next : null
    },
  }
}

interface Taken {
  readonly go: readonly DueMessage[]
  readonly statements: readonly string[]
  readonly news: readonly ActivityEvent[]
  /** Whether the queue may hold more that is due. */
  readonly more: boolean
  /** Whether some had to be put off, and others like them may still stand in the queue. */
  readonly waiting: boolean
}

async function claimFrom(sql: WriteSession, delivery: RunningDelivery, now: number, limit: number): Promise<Taken> {
  const due = await findDueMessages(sql, delivery, now, limit)
  const window = windowOf(delivery)
  const go: DueMessage[] = []
  const cancelled: number[] = []
  const news: ActivityEvent[] = []
  const closed = new Map<string, number>()
  for (const message of due) {
    const permission = maySend(message, window, now)
    if (permission.kind === 'go') go.push(message)
    else if (permission.kind === 'cancel') {
      cancelled.push(message.id)
      const because = message.clientId === null ? 'clientDeleted' : 'clientOptedOut'
      news.push({ delivery: delivery.id, message: message.id, client: message.clientId, status: 'cancelled', because })
    } else if (message.timeZone !== null) closed.set(message.timeZone, permission.until)
  }
  const ids = go.map((message) => message.id)
  const statements = [...claimStatements(delivery.id, ids), ...cancelStatements(delivery.id, cancelled)]
  // One statement puts off many of that zone; whoever cannot be reached before the end waits for the end.
  for (const [timeZone, opensAt] of closed) {
    const at = Math.min(opensAt, delivery.endsAt)
    const messages = await deferToWindow(sql, delivery.id, timeZone, now, at)
    const because = 'outsideHours'
    news.push({ delivery: delivery.id, messages, timeZone, status: 'queued', until: toInstant(at), because })
  }
  return { go, statements, news, more: due.length === limit, waiting: closed.size > 0 }
}

/** A delivery's window as the domain says it. */
export function windowOf({ windowFrom, windowTo }: RunningDelivery): LocalWindow | null {
  return windowFrom === null || windowTo === null ? null : { from: windowFrom, to: windowTo }
}
