import type { Channel } from '#shared/contract/gateway.ts'
import type { Clock } from '../clock.ts'
import type { Flight, Gateway, Outcome } from '../gateways/gateway.ts'
import type { OwnedSession } from '../store/connection.ts'
import { beginDelivery, completeFinished, expireOverdue, findDue, nextTurn } from '../store/delivery-life.ts'
import { findStates, settleOrphans } from '../store/message-queue.ts'
import { type Claimed, type Claims, createQueueMemory, windowOf } from './claims.ts'
import { createDeliveryTexts } from './delivery-texts.ts'
import { maySend } from './may-send.ts'
import { createProgressMeter, type Movement } from './progress-meter.ts'
import { type Finished, plainRecords, recordDoubtful } from './results.ts'
import { type RetryPolicy, retryPolicy } from './retry-policy.ts'

/** What the sender tells the rest of the program; always after it is on disk. */
export type SenderReport =
  | { readonly type: 'progress'; readonly movements: readonly Movement[] }
  | { readonly type: 'channel'; readonly channel: Channel }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly text: string }

/** Where messages go and how hard. */
export interface Target {
  readonly gateway: Gateway
  /** Messages under way at once: claimed on disk and their result not yet there. */
  readonly concurrency: number
  readonly timeoutMs: number
}

export interface SenderOptions {
  readonly session: OwnedSession
  readonly clock: Clock
  readonly report: (report: SenderReport) => void
  /** The domain's own unless given. */
  readonly policy?: RetryPolicy
}

export interface Sender {
  /** Settles what a dead process left behind and begins to work. */
  start(): Promise<void>
  /** From now on messages go here; what is in flight ends where it began. A stopped channel is tried again. */
  aim(target: Target): void
  /** Something changed in the store: look again. */
  wake(): void
  /** Begins nothing new, waits for what is in flight, breaks it off after `withinMs`, records it. */
  stop(withinMs: number): Promise<void>
}

interface InFlight {
  readonly claimed: Claimed
  readonly flight: Flight
  readonly startedAt: number
  readonly deadline: number
}

const sweepMs = 25
const reportMs = 250
/** The clock may jump and the machine may sleep: however far the next event is, look at the clock this often. */
const longestNapMs = 1_000
const storeTroubleMs = 1_000
const noClaims: Claims = { claimed: [], statements: [], cancelledIn: [] }

/**
 * Sends what is due, one turn after another: record the results that came in, claim as many messages as there is room
 * for, commit, and only then begin their requests. While one turn is on its way to disk the next gathers its results,
 * so the busier the gateway, the larger the transactions.
 */
export function createSender({ session, clock, report, policy = retryPolicy }: SenderOptions): Sender {
  const queues = createQueueMemory()
  const texts = createDeliveryTexts()
  const meter = createProgressMeter()
  const inFlight = new Map<number, InFlight>()
  let finished: Finished[] = []
  /** Messages claimed on disk whose result is not there yet. */
  let underWay = 0
  let target: Target | null = null
  /** The ends of deliveries in flight as they were last seen: an edit may have moved them since the claim. */
  let ends: ReadonlyMap<number, { readonly endsAt: number }> = new Map()
  let channel: Channel = { status: 'open', reason: null, since: null }
  let turnAt: number | null = 0
  let working: Promise<void> | null = null
  let asked = false
  let stopping = false
  let lastDeadline = Number.POSITIVE_INFINITY
  let sweptAt = 0
  let napTimer: NodeJS.Timeout | undefined
  let sweepTimer: NodeJS.Timeout | undefined
  let reportTimer: NodeJS.Timeout | undefined

  const log = (level: 'info' | 'warn' | 'error', text: string): void => report({ type: 'log', level, text })

  function ask(): void {
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
      try {
        await turn()
      } catch (error) {
        log('error', `the store refuses to take results: ${error instanceof Error ? error.message : String(error)}`)
        queues.forget()
        turnAt = 0
        await new Promise((resolve) => setTimeout(resolve, storeTroubleMs))
        if (!stopping || finished.length > 0) asked = true
      }
    }
    nap()
  }

  async function turn(): Promise<void> {
    const now = clock.now()
    const results = finished
    finished = []
    const room =
      stopping || channel.status === 'stopped' || target === null ? 0 : target.concurrency - underWay + results.length
    try {
      const { claimed, touched, news } = await session.transaction(
        (last) => step(results, now, room, last),
        plainRecords(results, now),
      )
      underWay += claimed.length - results.length
      for (const text of news) log('info', text)
      for (const [id, done] of touched) meter.note(id, done)
      for (const one of claimed) begin(one)
    } catch (error) {
      finished = [...results, ...finished]
      throw error
    }
    if (meter.moving) reportSoon()
  }

  /** What one transaction does. */
  async function step(results: readonly Finished[], now: number, room: number, last: string[]) {
    const touched = new Map<number, number>()
    const touch = (id: number, done = 0): void => void touched.set(id, (touched.get(id) ?? 0) + done)
    const news: string[] = []
    for (const { deliveryId, verdict } of await recordDoubtful(session, results, policy, now)) {
      if (verdict.status === 'queued') queues.expect(deliveryId, verdict.nextAttemptAt)
      touch(deliveryId, verdict.status === 'queued' ? 0 : 1)
    }
    for (const { claimed, outcome } of results) if (outcome.kind === 'accepted') touch(claimed.delivery.id, 1)
    const looksAround = turnAt !== null && turnAt <= now && !stopping
    if (looksAround) {
      for (const id of await expireOverdue(session, now)) touch(id)
      for (const id of await findDue(session, now)) {
        await beginDelivery(session, id, now)
        touch(id)
        news.push(`delivery=${id} started`)
      }
      turnAt = await nextTurn(session, now)
      ends = await findStates(session, [...new Set([...inFlight.values()].map(({ claimed }) => claimed.delivery.id))])
      queues.forget()
    }
    const claims = room > 0 ? await queues.claimDue(session, now, room) : noClaims
    last.push(...claims.statements)
    for (const id of claims.cancelledIn) touch(id)
    const goingOn = new Set(claims.claimed.map(({ delivery }) => delivery.id))
    // Whoever has just had messages claimed cannot be at its end.
    const mayHaveEnded = looksAround || [...touched.keys()].some((id) => !goingOn.has(id))
    for (const id of goingOn) touch(id)
    if (mayHaveEnded) {
      for (const id of await completeFinished(session, now)) {
        touch(id)
        news.push(`delivery=${id} completed`)
        queues.forget()
      }
    }
    return { claimed: claims.claimed, touched, news }
  }

  function begin(claimed: Claimed): void {
    const { delivery, message } = claimed
    const startedAt = clock.now()
    const aimedAt = target
    const end = (outcome: Outcome): void => {
      inFlight.delete(message.id)
      finished.push({ claimed, outcome, startedAt, durationMs: clock.now() - startedAt })
      // A late refusal of a token that has been replaced meanwhile says nothing of the new one.
      if (outcome.kind === 'unauthorized' && aimedAt === target) stopChannel(outcome)
      ask()
    }
    // The commit may have waited for another writer: what was allowed then may not be any more.
    if (
      target === null ||
      channel.status === 'stopped' ||
      startedAt >= delivery.endsAt ||
      maySend(message, windowOf(delivery), startedAt).kind !== 'go'
    ) {
      return end({ kind: 'withheld' })
    }
    const rendered = texts.render(delivery, message)
    if (!rendered.ok)
      return end({ kind: 'rejected', httpStatus: null, error: { code: 'template', detail: rendered.reason } })
    const flight = target.gateway.send({ id: message.id, phone: message.phone, text: rendered.text }, end)
    inFlight.set(message.id, { claimed, flight, startedAt, deadline: performance.now() + target.timeoutMs })
    if (sweepTimer === undefined) {
      sweptAt = performance.now()
      sweepTimer = setInterval(sweep, sweepMs)
    }
  }

  /** Breaks off requests that take too long or whose delivery has ended. */
  function sweep(): void {
    const now = clock.now()
    const elapsed = performance.now()
    // After a stretch in which nothing could run, answers may be waiting unread: they go first.
    const isLate = elapsed - sweptAt > 4 * sweepMs
    sweptAt = elapsed
    if (isLate) return
    for (const { claimed, flight, deadline } of inFlight.values()) {
      if (now >= (ends.get(claimed.delivery.id) ?? claimed.delivery).endsAt) flight.abort()
      else if (elapsed >= Math.min(deadline, lastDeadline)) flight.timeOut()
    }
    if (inFlight.size === 0) {
      clearInterval(sweepTimer)
      sweepTimer = undefined
    }
  }

  function stopChannel({ httpStatus, error }: Extract<Outcome, { kind: 'unauthorized' }>): void {
    if (channel.status === 'stopped') return
    setChannel({ status: 'stopped', reason: error.detail, since: new Date(clock.now()).toISOString() })
    // The gateway's own words may repeat the text and the phone: they are for the operator, not for the file.
    log('error', `the channel is stopped: the gateway refuses the token (HTTP ${httpStatus})`)
  }

  function setChannel(next: Channel): void {
    channel = next
    report({ type: 'channel', channel })
  }

  function reportSoon(): void {
    reportTimer ??= setTimeout(() => {
      reportTimer = undefined
      report({ type: 'progress', movements: meter.take(performance.now()) })
      if (meter.moving) reportSoon()
    }, reportMs)
  }

  function nap(): void {
    clearTimeout(napTimer)
    if (stopping) return
    // With no room, or nowhere to send to, what is due waits for more than the clock.
    const canClaim = channel.status === 'open' && target !== null && underWay < target.concurrency
    const dues = [turnAt, canClaim ? queues.nextDueAt() : null].filter((at) => at !== null)
    if (dues.length === 0) return
    const due = Math.min(...dues)
    napTimer = setTimeout(
      () => {
        if (clock.now() >= due) ask()
        else nap()
      },
      Math.min(Math.max(0, due - clock.now()), longestNapMs),
    )
  }

  return {
    async start() {
      const now = clock.now()
      const settled = await session.transaction(() => settleOrphans(session, now))
      for (const { deliveryId, messages, status } of settled) {
        log('warn', `delivery=${deliveryId} ${messages} messages were in flight when the program ended; now ${status}`)
        meter.note(deliveryId, 0)
      }
      ask()
    },
    aim(next) {
      target = next
      if (channel.status === 'stopped') setChannel({ status: 'open', reason: null, since: null })
      ask()
    },
    wake() {
      queues.forget()
      turnAt = 0
      ask()
    },
    async stop(withinMs) {
      stopping = true
      lastDeadline = performance.now() + withinMs
      clearTimeout(napTimer)
      ask()
      while (working !== null || underWay > 0) await (working ?? new Promise((resolve) => setTimeout(resolve, 5)))
      clearInterval(sweepTimer)
      clearTimeout(reportTimer)
    },
  }
}
