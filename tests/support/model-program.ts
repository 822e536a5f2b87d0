import type { Outcome } from '#electron/gateways/gateway.ts'
import { createSender, type Sender } from '#electron/sending/sender.ts'
import { createSendQueue } from '#electron/store/send-queue/open-send-queue.ts'
import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import { type HeldSession, openHeldSession } from './held-session.ts'
import { createMemoryGateway, type MemoryGateway } from './memory-gateway.ts'
import type { Witness } from './model-witness.ts'
import type { MovedTime } from './moved-time.ts'

/** Patience that runs out within a short story. */
export const policy: RetryPolicy = { baseMs: 2_000, capMs: 300_000, attempts: 4 }
const breaker = { failures: 3, firstPauseMs: 5_000, maxPauseMs: 20_000 }
const timeoutMs = 10_000
/** A sender that takes more transactions than this without coming to rest never will. */
const mostTurns = 300

type Interrupted = 'resend' | 'hold'

/** The sending part of the program, one process after another on the same store. */
export interface Program {
  readonly session: HeldSession
  readonly gateway: MemoryGateway
  start(interrupted: Interrupted): Promise<void>
  /** The process is killed; of the requests in flight those whose place is a bit of `accepted` reach the far side. */
  crash(accepted: number): Promise<void>
  /** Ends in peace. */
  stop(withinMs: number): Promise<void>
  aim(concurrency: number, rate: number | null): void
  /** Tries a channel again that was stopped. */
  reopen(): void
  wake(): void
  /** Settles when the sender has nothing more to do at this moment, or is held. */
  rest(): Promise<void>
}

/** Nothing runs until it is started. `random` throws the sender's dice. */
export function createProgram(file: string, time: MovedTime, witness: Witness, random: () => number): Program {
  let target = { concurrency: 4, ratePerSecond: null as number | null }
  let most = target.concurrency
  let running: { readonly sender: Sender; readonly session: HeldSession; readonly gateway: MemoryGateway } | null = null
  const now = () => {
    if (running === null) throw new Error('nothing runs')
    return running
  }
  const inFlight = () => new Set(now().gateway.inFlight.map(({ outgoing }) => outgoing.id))

  function aim(): void {
    const { sender, gateway } = now()
    sender.aim({ gateway, timeoutMs, ...target })
  }

  async function rest(): Promise<void> {
    const { session } = now()
    const begun = session.turns
    for (let still = 0; still < 3; ) {
      const before = session.turns
      await new Promise(setImmediate)
      still = session.isBusy || session.turns !== before ? 0 : still + 1
      if (session.turns > begun + mostTurns) throw new Error('the sender does not come to rest')
    }
  }

  return {
    get session() {
      return now().session
    },
    get gateway() {
      return now().gateway
    },
    rest,
    aim(concurrency, ratePerSecond) {
      target = { concurrency, ratePerSecond }
      most = Math.max(most, concurrency)
      aim()
    },
    reopen: aim,
    wake: () => now().sender.wake(),
    async start(interrupted) {
      let isDown = false
      witness.onBirth()
      const ends = new Map<number, Outcome>()
      const gateway = createMemoryGateway({
        onRequest: (outgoing) => witness.onRequest(outgoing, inFlight()),
        onEnd: ({ id }, outcome) => void ends.set(id, outcome),
        afterEnd(outgoing) {
          const outcome = ends.get(outgoing.id)
          if (outcome !== undefined) witness.onEnd(outgoing, outcome, isDown)
        },
      })
      const session = await openHeldSession(file, {
        onTurn: () => witness.onTurn(target.concurrency),
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
      running = { sender, session, gateway }
      most = target.concurrency
      await sender.start()
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
      const { sender, session, gateway } = now()
      session.letGo()
      let hasStopped = false
      const stopped = sender.stop(withinMs).then(() => {
        hasStopped = true
      })
      for (let patience = 0; patience < 100; patience += 1) {
        await rest()
        if (hasStopped) break
        time.pass(200)
      }
      if (!hasStopped) throw new Error('the sender does not stop')
      await stopped
      if (gateway.inFlight.length > 0) throw new Error('the sender stopped with requests in flight')
      if (time.timers() > 0) throw new Error(`${time.timers()} timers outlive the sender`)
      await session.close()
      running = null
    },
  }
}
