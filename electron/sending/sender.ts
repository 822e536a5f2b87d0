import type { Channel, InterruptedPolicy } from '#shared/contract/gateway.ts'
import type { Clock } from '../base/clock.ts'
import type { Level } from '../base/trace-line.ts'
import type { Gateway, Outcome } from '../gateways/gateway.ts'
import { lastChangeAt } from '../store/send-queue/message-queue.ts'
import type { OwnedSession } from '../store/sqlite/connection.ts'
import { createChannel, describeChannel } from './channel.ts'
import { type BreakerPolicy, breakerPolicy } from './circuit-breaker.ts'
import { type Claimed, createQueueMemory, windowOf } from './claims.ts'
import { createDeliveryTexts } from './delivery-texts.ts'
import { createFailureStreak } from './failure-streak.ts'
import { createFlights } from './flights.ts'
import { createLookout } from './lookout.ts'
import { maySend } from './may-send.ts'
import type { Movement } from './progress-meter.ts'
import { createProgressReports } from './progress-reports.ts'
import { createRateLimits } from './rate-limits.ts'
import { type Finished, plainRecords } from './results.ts'
import { type RetryPolicy, retryPolicy } from './retry-policy.ts'
import { createRightOfWay } from './right-of-way.ts'
import { settleAtStart } from './settle-at-start.ts'
import { type BlockedReport, createStoreTrouble } from './store-trouble.ts'
import { createTrace } from './trace.ts'
import { takeTurn } from './turn.ts'

/** What the sender tells the rest of the program; always after it is on disk. */
export type SenderReport =
  | { readonly type: 'progress'; readonly movements: readonly Movement[] }
  | { readonly type: 'channel'; readonly channel: Channel }
  | BlockedReport
  | { readonly type: 'log'; readonly level: Level; readonly text: string }
  /** Whole lines of the log: requests and changes of state. */
  | { readonly type: 'trace'; readonly lines: string }

/** Where messages go and how hard. */
export interface Target {
  readonly gateway: Gateway
  /** Messages under way at once: claimed on disk and their result not yet there. */
  readonly concurrency: number
  readonly timeoutMs: number
  /** Messages per second at most, all deliveries together. */
  readonly ratePerSecond: number | null
}

export interface SenderOptions {
  readonly session: OwnedSession
  readonly clock: Clock
  readonly report: (report: SenderReport) => void
  /** The domain's own unless given. */
  readonly policy?: RetryPolicy
  readonly breaker?: BreakerPolicy
  /** What becomes of messages that a dead process left in flight. */
  readonly interrupted?: InterruptedPolicy
  /** A monotonic clock in milliseconds, which no setting of the wall clock moves. */
  readonly monotonic?: () => number
  /** Draws from [0, 1), for the jitter of the back-off. */
  readonly random?: () => number
}

export interface Sender {
  /** Settles what a dead process left behind and begins to work. */
  start(): Promise<void>
  /** From now on messages go here; what is in flight ends where it began. A stopped channel is tried again. */
  aim(target: Target): void
  /** Something changed in the store: look again. */
  wake(): void
  /** Somebody else is about to write, or has written: their change comes before the next turn. */
  standAside(isWriting: boolean): void
  /** Begins nothing new, waits for what is in flight, breaks it off after `withinMs`, records it. From then on nothing moves it any more. */
  stop(withinMs: number): Promise<void>
}

/** The clock may jump and the machine may sleep: however far the next event is, look at the clock this often. */
const longestNapMs = 1_000

/**
 * Sends what is due, one turn after another: record the results that came in, claim as many messages as there is room
 * for, commit, and only then begin their requests. While one turn is on its way to disk the next gathers its results,
 * so the busier the gateway, the larger the transactions.
 */
export function createSender({
  session,
  clock,
  report,
  policy = retryPolicy,
  breaker = breakerPolicy,
  interrupted = 'resend',
  monotonic = () => performance.now(),
  random = Math.random,
}: SenderOptions): Sender {
  const queues = createQueueMemory(monotonic)
  const texts = createDeliveryTexts()
  const progress = createProgressReports((movements) => report({ type: 'progress', movements }))
  const channel = createChannel({ policy: breaker, clock, monotonic, onChange: tellChannel })
  const limits = createRateLimits(monotonic)
  const flights = createFlights(clock, monotonic)
  const trace = createTrace((lines) => report({ type: 'trace', lines }))
  const streak = createFailureStreak()
  const parts = { session, queues, flights, policy, random }
  const lookout = createLookout(clock, (byMs) => {
    log('warn', `the clock went back by ${byMs} ms`)
    queues.forget()
  })
  const trouble = createStoreTrouble({ clock, report })
  const way = createRightOfWay()
  let finished: Finished[] = []
  /** Messages claimed on disk whose result is not there yet. */
  let underWay = 0
  let target: Target | null = null
  let working: Promise<void> | null = null
  let asked = false
  let starting: Promise<void> | null = null
  let stopping = false
  let hasStopped = false
  let napTimer: NodeJS.Timeout | undefined

  const log = (level: Level, text: string): void => report({ type: 'log', level, text })

  function ask(): void {
    if (hasStopped) return
    asked = true
    if (working === null) {
      working = work().finally(() => {
        working = null
      })
    }
  }

  async function work(): Promise<void> {
    // Everything that the same round of the event loop brought in goes into one turn.
    await new Promise(setImmediate)
    while (asked) {
      asked = false
      await way.give()
      try {
        await turn()
        trouble.passed()
      } catch (error) {
        queues.forget()
        await trouble.met(error)
        if (!stopping || finished.length > 0) asked = true
      }
    }
    nap()
  }

  async function turn(): Promise<void> {
    const now = lookout.readClock()
    const look = stopping ? { looksAround: false, clockWentBack: false } : lookout.begin(now)
    const results = finished
    finished = []
    const work = {
      now,
      results,
      blameless: streak.take(),
      room: stopping ? 0 : roomFor(underWay - results.length),
      ...look,
    }
    try {
      const done = await session.transaction((last) => takeTurn(parts, work, last), plainRecords(results, now))
      const { claimed, touched, doubtful, news } = done
      lookout.end(done.nextTurnAt)
      underWay += claimed.length - results.length
      limits.took(everything(), claimed.length)
      trace.tellRequests(results, doubtful)
      trace.tell(now, news)
      for (const [id, results] of touched) progress.note(id, results)
      for (const one of claimed) begin(one)
    } catch (error) {
      finished = [...results, ...finished]
      streak.putBack(work.blameless)
      lookout.fail(look)
      throw error
    }
  }

  /** How many messages may be claimed with so many under way: the concurrency, the channel and the gateway's rate decide. */
  function roomFor(busy: number): number {
    if (target === null) return 0
    return Math.min(channel.allow(target.concurrency - busy, busy), limits.allowed(everything()))
  }

  /** All deliveries together, as the one that the gateway's own rate limits. */
  const everything = () => ({ id: 0, ratePerSecond: target?.ratePerSecond ?? null })

  function begin(claimed: Claimed): void {
    const { delivery, message } = claimed
    const startedAt = clock.now()
    const begunAt = monotonic()
    const aimedAt = target
    let { text } = delivery
    const end = (outcome: Outcome): void => {
      flights.remove(message.id)
      const isOfNow = aimedAt === target
      // A late word from a gateway that has been replaced meanwhile says nothing of the new one.
      if (isOfNow) channel.hear(outcome)
      const durationMs = Math.round(monotonic() - begunAt)
      const ended = { claimed, outcome, startedAt, durationMs, spared: channel.isDown, text }
      if (isOfNow) streak.note(ended, channel.isDown)
      finished.push(ended)
      ask()
    }
    // The commit may have waited for another writer: what was allowed then may not be any more.
    if (
      target === null ||
      channel.isStopped ||
      startedAt >= delivery.endsAt ||
      maySend(message, windowOf(delivery), startedAt).kind !== 'go'
    ) {
      return end({ kind: 'withheld' })
    }
    const rendered = texts.render(delivery, message)
    if (!rendered.ok)
      return end({ kind: 'rejected', httpStatus: null, error: { code: 'template', detail: rendered.reason } })
    text = rendered.text
    const { id, phone } = message
    const flight = target.gateway.send({ id, phone, text, client: message, delivery }, end)
    flights.add(message.id, flight, { deliveryId: delivery.id, endsAt: delivery.endsAt, timeoutMs: target.timeoutMs })
  }

  function tellChannel(next: Channel): void {
    report({ type: 'channel', channel: next })
    log(...describeChannel(next))
  }

  function nap(): void {
    clearTimeout(napTimer)
    if (stopping) return
    const dues = [lookout.dueAt, nextClaimAt()].filter((at) => at !== null)
    if (dues.length === 0) return
    const due = Math.min(...dues)
    napTimer = setTimeout(
      () => {
        if (lookout.readClock() >= due || lookout.clockWentBack) ask()
        else nap()
      },
      Math.min(Math.max(0, due - clock.now()), longestNapMs),
    )
  }

  /** When the next message can be claimed, as far as the clock alone decides; null when it waits for more than that. */
  function nextClaimAt(): number | null {
    if (channel.isStopped || target === null || underWay >= target.concurrency) return null
    const due = queues.nextDueAt()
    if (due === null) return null
    const wait = limits.allowed(everything()) > 0 ? 0 : limits.waitMs(everything())
    return Math.max(due, clock.now() + Math.max(wait, channel.waitMs() ?? 0))
  }

  /** What a dead process left in flight; then the first turn. */
  async function settle(): Promise<void> {
    const now = clock.now()
    const work = () => session.transaction((last) => settleAtStart(session, interrupted, now, last))
    const { settled, news } = (await trouble.outlast(work, () => stopping)) ?? { settled: [], news: [] }
    trace.tell(now, news, 'warn')
    lookout.remember((await lastChangeAt(session)) ?? now)
    for (const { deliveryId, moved, status } of settled) {
      const why = 'in flight when the program ended'
      log('warn', `delivery=${deliveryId} ${moved.count} messages were ${why}; now ${status}`)
      progress.note(deliveryId, 0)
    }
    ask()
  }

  return {
    start: () => (starting ??= settle()),
    aim(next) {
      target = next
      channel.reopen()
      streak.end()
      ask()
    },
    wake() {
      queues.forget()
      lookout.wake()
      ask()
    },
    standAside: (isWriting) => (isWriting ? way.ask() : way.done()),
    async stop(withinMs) {
      stopping = true
      flights.hurry(withinMs)
      clearTimeout(napTimer)
      await starting?.catch(() => undefined)
      ask()
      while (working !== null || underWay > 0) await (working ?? new Promise((resolve) => setTimeout(resolve, 5)))
      hasStopped = true
      flights.close()
      trace.flush()
      progress.close()
    },
  }
}
