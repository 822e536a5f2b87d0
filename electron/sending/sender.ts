import type { Channel, InterruptedPolicy } from '#shared/contract/gateway.ts'
import { type RetryPolicy, retryPolicy } from '#shared/domain/retry-policy.ts'
import type { Clock } from '../base/clock.ts'
import type { Level } from '../base/trace-line.ts'
import type { GatewayEvent } from '../gateways/gateway.ts'
import type { SenderId, SendQueue } from '../store/ports/send-queue.ts'
import { type BreakerPolicy, breakerPolicy, createChannel, describeChannel } from './channel.ts'
import { createQueueMemory } from './claims.ts'
import { createDeliveryTexts } from './client-text.ts'
import { createFlights } from './flights.ts'
import { createProgress, type Movement } from './progress.ts'
import { createRateLimits } from './rate-limits.ts'
import { startRequest, type Target } from './requests.ts'
import { acceptedRecords, type Finished } from './results.ts'
import { type BlockedReport, createStoreFailures } from './store-failures.ts'
import { createTrace } from './trace.ts'
import { createTransportFailures } from './transport-failures.ts'
import { type TurnDone, type TurnWork, takeTurn } from './turn.ts'
import { createTurnLoop, createWriterPriority, type TurnLoop } from './turn-loop.ts'
import { createWakeSchedule } from './wake-schedule.ts'

/** What the sender reports to the rest of the program; always after it is on disk. */
export type SenderReport =
  | { readonly type: 'progress'; readonly movements: readonly Movement[] }
  | { readonly type: 'channel'; readonly channel: Channel }
  | BlockedReport
  /** What the gateway said on its own. */
  | { readonly type: 'gateway'; readonly event: GatewayEvent }
  | { readonly type: 'log'; readonly level: Level; readonly text: string }
  /** Whole lines of the log: requests and changes of state. */
  | { readonly type: 'trace'; readonly lines: string }

export interface SenderOptions {
  readonly queue: SendQueue
  readonly clock: Clock
  readonly report: (report: SenderReport) => void
  /** Default: `retryPolicy`. */
  readonly policy?: RetryPolicy
  readonly breaker?: BreakerPolicy
  /** What becomes of messages that a dead sender left in flight. */
  readonly interrupted?: InterruptedPolicy
  /** The other senders of this store that live now: their messages in flight are not orphans. */
  readonly otherSenders?: readonly SenderId[]
  /** A monotonic clock in milliseconds, which no change of the wall clock affects. */
  readonly monotonic?: () => number
  /** Draws from [0, 1), for the jitter of the back-off. */
  readonly random?: () => number
}

export interface Sender {
  /** Settles what a dead sender left in flight, and starts to work. */
  start(): Promise<void>
  /** Sends to this target from now on; requests in flight finish at the old one. A stopped channel is tried again. */
  aim(target: Target): void
  /** Something changed in the store: check everything again. */
  wake(): void
  /** Another writer is about to write, or has written: its change comes before the next turn. */
  letWrite(isWriting: boolean): void
  /** Starts nothing new, waits for what is in flight, gives it up after `withinMs`, records it. Changes nothing afterwards. */
  stop(withinMs: number): Promise<void>
}

interface SenderState {
  target: Target | null
  /** Requests that have ended and are not yet on disk. */
  finished: Finished[]
  /** Messages that are claimed on disk and have no result there. */
  inFlight: number
  isStopping: boolean
}

type SenderParts = ReturnType<typeof assembleParts>

/**
 * Sends what is due, one turn after another: records the results that came in, claims as many messages as there is room
 * for, commits, and only then starts their requests. While one turn is on its way to disk the next gathers its results,
 * so the busier the gateway, the larger the transactions.
 */
export function createSender(options: SenderOptions): Sender {
  const state: SenderState = { target: null, finished: [], inFlight: 0, isStopping: false }
  const parts = assembleParts(options)
  const loop: TurnLoop = createTurnLoop({
    beforeTurn: parts.priority.yieldToWriters,
    takeTurn: () => runTurn(state, parts, requests),
    onFailure: async (error) => {
      parts.queues.forget()
      await parts.storeFailures.failed(error)
      return !state.isStopping || state.finished.length > 0
    },
    nextTurnAt: () => nextTurnAt(state, parts),
    msUntil: (dueAt) => msUntil(parts, dueAt),
  })
  const requests = {
    ...parts,
    target: () => state.target,
    onEnd: (finished: Finished) => {
      state.finished.push(finished)
      loop.request()
    },
  }
  let starting: Promise<void> | null = null
  return {
    start: () => (starting ??= settleOrphans(state, parts).then(loop.request)),
    aim(next) {
      aim(state, parts, next)
      loop.request()
    },
    wake() {
      parts.queues.forget()
      parts.schedule.wake()
      loop.request()
    },
    letWrite: (isWriting) => (isWriting ? parts.priority.writerWaits() : parts.priority.writerDone()),
    async stop(withinMs) {
      state.isStopping = true
      parts.flights.hurry(withinMs)
      loop.stopSleeping()
      await starting?.catch(() => undefined)
      loop.request()
      while (loop.working !== null || state.inFlight > 0)
        await (loop.working ?? new Promise((resolve) => setTimeout(resolve, 5)))
      loop.close()
      parts.flights.close()
      parts.trace.flush()
      parts.progress.close()
    },
  }
}

function assembleParts({
  queue,
  clock,
  report,
  policy = retryPolicy,
  breaker = breakerPolicy,
  interrupted = 'resend',
  otherSenders = [],
  monotonic = () => performance.now(),
  random = Math.random,
}: SenderOptions) {
  const log = (level: Level, text: string): void => report({ type: 'log', level, text })
  const limits = createRateLimits(monotonic)
  const queues = createQueueMemory(limits)
  const onChange = (channel: Channel): void => {
    report({ type: 'channel', channel })
    log(...describeChannel(channel))
  }
  return {
    ...{ queue, clock, report, log, policy, interrupted, otherSenders, monotonic, random, limits, queues },
    channel: createChannel({ policy: breaker, clock, monotonic, onChange }),
    schedule: createWakeSchedule(clock, (byMs) => {
      log('warn', `the clock went back by ${byMs} ms`)
      queues.forget()
    }),
    texts: createDeliveryTexts(),
    flights: createFlights(clock, monotonic),
    failures: createTransportFailures(),
    storeFailures: createStoreFailures({ clock, report, troubleOf: queue.troubleOf }),
    priority: createWriterPriority(),
    progress: createProgress((movements) => report({ type: 'progress', movements })),
    trace: createTrace((lines) => report({ type: 'trace', lines })),
  }
}

/** Plans a turn, takes it, and starts the requests of what it claimed. An error leaves everything to the next turn. */
async function runTurn(
  state: SenderState,
  parts: SenderParts,
  requests: Parameters<typeof startRequest>[0],
): Promise<void> {
  const work = planTurn(state, parts)
  try {
    const { done, events } = await parts.queue.turn(acceptedRecords(work.results), work.now, async (turn) => ({
      done: await takeTurn(parts, turn, work),
      events: turn.events,
    }))
    parts.trace.addRequests(work.results, done.unaccepted)
    parts.trace.add(work.now, events)
    applyTurn(state, parts, work, done)
    for (const claimed of done.claimed) startRequest(requests, claimed)
    parts.storeFailures.succeeded()
  } catch (error) {
    state.finished = [...work.results, ...state.finished]
    parts.failures.restore(work.faults)
    parts.schedule.fail(work)
    throw error
  }
}

/** Takes what has gathered since the last turn. */
function planTurn(state: SenderState, { schedule, failures, channel, limits }: SenderParts): TurnWork {
  const now = schedule.readClock()
  const check = state.isStopping ? { checkDeliveries: false, clockBackMs: 0 } : schedule.start(now)
  const results = state.finished
  state.finished = []
  const { target } = state
  const busy = state.inFlight - results.length
  const room =
    target === null || state.isStopping
      ? 0
      : Math.min(channel.allow(target.concurrency - busy, busy), limits.allowedByGateway())
  return { now, ...check, results, faults: failures.take(), room }
}

/** Notes what the turn has put on disk. */
function applyTurn(
  state: SenderState,
  { schedule, progress }: SenderParts,
  { results }: TurnWork,
  { claimed, changed, nextMomentAt }: TurnDone,
): void {
  schedule.finish(nextMomentAt)
  state.inFlight += claimed.length - results.length
  for (const [deliveryId, done] of changed) progress.add(deliveryId, done)
}

/** Returns when the next turn is due, as far as the clock decides; null when only an event leads to one. */
function nextTurnAt(state: SenderState, parts: SenderParts): number | null {
  const moments = [parts.schedule.dueAt, nextClaimAt(state, parts)].filter((at) => at !== null)
  return moments.length === 0 ? null : Math.min(...moments)
}

function nextClaimAt({ target, inFlight }: SenderState, parts: SenderParts): number | null {
  const { channel, queues, limits, clock } = parts
  if (channel.isStopped || target === null || inFlight >= target.concurrency) return null
  const dueAt = queues.nextDueAt()
  if (dueAt === null) return null
  return Math.max(dueAt, clock.now() + Math.max(limits.gatewayWaitMs(), channel.waitMs() ?? 0))
}

function msUntil({ schedule }: SenderParts, dueAt: number): number {
  const now = schedule.readClock()
  return schedule.clockWentBack ? 0 : Math.max(0, dueAt - now)
}

function aim(state: SenderState, { channel, failures, limits, report }: SenderParts, next: Target): void {
  if (state.target?.gateway !== next.gateway) next.gateway.open((event) => report({ type: 'gateway', event }))
  state.target = next
  limits.setGatewayRate(next.ratePerSecond)
  channel.reopen()
  failures.reset()
}

/** Settles what a dead sender left in flight. */
async function settleOrphans(state: SenderState, parts: SenderParts): Promise<void> {
  const { queue, clock, schedule, interrupted, otherSenders, storeFailures, trace, log, progress } = parts
  const now = clock.now()
  const settle = () =>
    queue.turn([], now, async (turn) => ({
      orphans: await turn.settleOrphans(interrupted, otherSenders),
      events: turn.events,
    }))
  const settled = await storeFailures.retry(settle, () => state.isStopping)
  trace.add(now, settled?.events ?? [], 'warn')
  schedule.remember((await queue.lastChangeAt()) ?? now)
  for (const { deliveryId, count, status } of settled?.orphans ?? []) {
    log('warn', `delivery=${deliveryId} ${count} messages were in flight when the program ended; now ${status}`)
    progress.add(deliveryId, 0)
  }
}
