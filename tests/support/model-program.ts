import type { Outcome } from '#electron/gateways/gateway.ts'
import { createSender, type Sender } from '#electron/sending/sender.ts'
import { createSendQueue } from '#electron/store/send-queue/open-send-queue.ts'
import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import { type HeldSession, openHeldSession } from './held-session.ts'
import { createMemoryGateway, type MemoryGateway } from './memory-gateway.ts'
import type { Witness } from './model-witness.ts'
import type { MovedTime } from './moved-time.ts'

/** A policy that gives up within a short story. */
export const policy: RetryPolicy = { baseMs: 2_000, capMs: 300_000, attempts: 4 }
const breaker = { failures: 3, firstPauseMs: 5_000, maxPauseMs: 20_000 }
const timeoutMs = 10_000
/** A sender that needs more transactions than this to become idle never will. */
const maxTurns = 300

type Interrupted = 'resend' | 'hold'

/** The sending part of the program, one process after another on the same store. */
export interface Program {
  readonly session: HeldSession
  readonly gateway: MemoryGateway
  start(interrupted: Interrupted): Promise<void>
  /** Kills the process. The bits of `accepted` are the requests in flight that reach the gateway. */
  crash(accepted: number): Promise<void>
  /** Stops the process normally. */
  stop(withinMs: number): Promise<void>
  aim(concurrency: number, rate: number | null): void
  /** Resumes a stopped channel. */
  reopen(): void
  wake(): void
  /** Resolves when the sender is idle or held. */
  rest(): Promise<void>
}

/** One process of the program. */
interface Run {
  readonly sender: Sender
  readonly session: HeldSession
  readonly gateway: MemoryGateway
}

interface Surroundings {
  readonly file: string
  readonly time: MovedTime
  readonly witness: Witness
  /** The sender's random numbers. */
  readonly random: () => number
}

/** Opens the parts of one process; its sender has not started yet. */
async function openRun(
  { file, time, witness, random }: Surroundings,
  interrupted: Interrupted,
  concurrency: () => number,
): Promise<Run> {
  let isDown = false
  witness.onBirth()
  const ends = new Map<number, Outcome>()
  const gateway = createMemoryGateway({
    onRequest: (outgoing) => witness.onRequest(outgoing, new Set(gateway.inFlight.map((open) => open.outgoing.id))),
    onEnd: ({ id }, outcome) => void ends.set(id, outcome),
    afterEnd(outgoing) {
      const outcome = ends.get(outgoing.id)
      if (outcome !== undefined) witness.onEnd(outgoing, outcome, isDown)
    },
  })
  const session = await openHeldSession(file, {
    onTurn: () => witness.onTurn(concurrency()),
    async onCommit(sql) {
      await witness.look(sql)
      witness.onCommit()
    },
  })
  const sender = createSender({
    queue: createSendQueue(session, 1),
    clock: time,
    monotonic: time.monotonic,
    random,
    policy,
    breaker,
    interrupted,
    report(report) {
      if (report.type === 'channel') isDown = report.channel.status === 'down'
    },
  })
  return { sender, session, gateway }
}

/** Resolves when the session's sender is idle or held. */
async function restOf(session: HeldSession): Promise<void> {
  const begun = session.turns
  for (let still = 0; still < 3; ) {
    const before = session.turns
    await new Promise(setImmediate)
    still = session.isBusy || session.turns !== before ? 0 : still + 1
    if (session.turns > begun + maxTurns) throw new Error('the sender does not become idle')
  }
}

/** Nothing runs until it is started. */
export function createProgram(surroundings: Surroundings): Program {
  const { time, witness } = surroundings
  let target = { concurrency: 4, ratePerSecond: null as number | null }
  let most = target.concurrency
  let running: Run | null = null
  const now = () => {
    if (running === null) throw new Error('nothing runs')
    return running
  }

  function aim(): void {
    const { sender, gateway } = now()
    sender.aim({ gateway, timeoutMs, ...target })
  }

  return {
    get session() {
      return now().session
    },
    get gateway() {
      return now().gateway
    },
    rest: () => restOf(now().session),
    aim(concurrency, ratePerSecond) {
      target = { concurrency, ratePerSecond }
      most = Math.max(most, concurrency)
      aim()
    },
    reopen: aim,
    wake: () => now().sender.wake(),
    async start(interrupted) {
      running = await openRun(surroundings, interrupted, () => target.concurrency)
      most = target.concurrency
      await running.sender.start()
      aim()
    },
    async crash(accepted) {
      const { session, gateway } = now()
      const reached = gateway.inFlight.filter((_, place) => (accepted >> place) % 2 === 1)
      gateway.cutOff()
      await session.die()
      time.dropTimers()
      witness.onDeath(
        reached.map(({ outgoing }) => outgoing.id),
        most,
      )
      running = null
    },
    async stop(withinMs) {
      const { session, gateway } = now()
      await stopWithin(now(), time, withinMs)
      if (gateway.inFlight.length > 0) throw new Error('the sender stopped with requests in flight')
      if (time.timers() > 0) throw new Error(`${time.timers()} timers outlive the sender`)
      await session.close()
      running = null
    },
  }
}

/** Stops a sender while its time passes. Throws when it does not stop. */
async function stopWithin({ sender, session }: Run, time: MovedTime, withinMs: number): Promise<void> {
  session.letGo()
  let hasStopped = false
  const stopped = sender.stop(withinMs).then(() => {
    hasStopped = true
  })
  for (let patience = 0; patience < 100; patience += 1) {
    await restOf(session)
    if (hasStopped) break
    time.pass(200)
  }
  if (!hasStopped) throw new Error('the sender does not stop')
  await stopped
}
