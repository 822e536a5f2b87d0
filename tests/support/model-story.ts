import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '#electron/gateways/gateway.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { MessageStatus } from '#shared/domain/states.ts'
import { http } from './gateway-answer.ts'
import { expectBooksToBalance } from './ledger.ts'
import { unavailable } from './memory-gateway.ts'
import type { Answer, Command, Story } from './model-commands.ts'
import { finish } from './model-ending.ts'
import { createProgram, policy } from './model-program.ts'
import { expectRest, type Stage } from './model-stage.ts'
import { nextEdge } from './model-truth.ts'
import { createSimulatedUser } from './model-user.ts'
import { createWitness } from './model-witness.ts'
import { lookMs, moveTime } from './moved-time.ts'
import { removeFolder } from './remove-folder.ts'
import { drawsFrom } from './seeded-random.ts'
import { openTestStoreIn } from './test-store.ts'

/** A disk in memory, if the system has one: these stories cut no power, so they need no real disk. */
const memory = '/dev/shm'

/** The results of a story, so that a test can check that its stories did something. */
export interface Tally {
  readonly requests: number
  readonly statuses: readonly MessageStatus[]
}

/** Runs a story on a new store until every delivery has ended. Throws at the first broken rule. */
export async function runStory({ begins, dice, commands }: Story): Promise<Tally> {
  const dataDir = await mkdtemp(join(existsSync(memory) ? memory : tmpdir(), 'herald-model-'))
  const time = moveTime(begins)
  try {
    const store = await openTestStoreIn(dataDir, time.now)
    try {
      const user = createSimulatedUser(store, time.now)
      const { now, monotonic } = time
      const witness = createWitness({ truth: () => user.truth, now, monotonic, maxAttempts: policy.attempts })
      const program = createProgram({ file: store.host.file, time, witness, random: drawsFrom(dice) })
      const stage: Stage = { store, time, user, program, witness }
      await user.begin()
      await program.start('resend')
      await play(stage, commands)
      await finish(stage)
      await expectBooksToBalance(store.host.file)
      return { requests: witness.requests.length, statuses: [...witness.seen.values()].map(({ status }) => status) }
    } finally {
      await store.close()
    }
  } finally {
    time.restore()
    await removeFolder(dataDir)
  }
}

async function play(stage: Stage, commands: readonly Command[]): Promise<void> {
  const { program, witness, user, store, time } = stage
  /** The number of commands for which the sender stays held, or is not notified of the user's changes. */
  let heldFor = 0
  let deafFor = 0
  let isUnheard = false
  for (const [place, command] of commands.entries()) {
    try {
      const before = time.now()
      // A sender that was held, or whose store failed, has not checked the store yet.
      const wasAbsent = program.session.isHeld || program.session.isInTrouble
      if (command.do === 'hold') {
        program.session.holdNext(command.where)
        heldFor = command.commands + 1
      } else if (command.do === 'deafen') deafFor = command.commands + 1
      else if (await user.execute(command)) {
        isUnheard = true
        await witness.look(store.sql)
      } else await happen(stage, command)
      heldFor -= 1
      deafFor -= 1
      if (isUnheard && deafFor <= 0) {
        program.wake()
        isUnheard = false
      }
      await program.rest()
      if (heldFor <= 0 && program.session.isHeld) {
        program.session.letGo()
        await program.rest()
      }
      await expectRest(stage, !isUnheard && !wasAbsent && time.now() - before >= lookMs)
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      throw new Error(`after command ${place + 1}, ${JSON.stringify(command)}: ${words}`, { cause: error })
    }
  }
}

/** Executes a command that is not the user's. */
async function happen({ time, program, user }: Stage, command: Command): Promise<void> {
  switch (command.do) {
    case 'answer': {
      const { inFlight } = program.gateway
      const first = inFlight.length === 0 ? 0 : command.flight % inFlight.length
      for (const flight of [...inFlight.slice(first), ...inFlight.slice(0, first)].slice(0, command.flights))
        flight.settle(outcomeOf(command.with))
      return
    }
    case 'pass':
      return time.pass(command.ms)
    case 'jump':
      return time.jump(command.ms)
    case 'sleep':
      return time.sleep(command.ms, command.counted)
    case 'passToEnd': {
      const left = (user.delivery(command.delivery)?.endsAt ?? 0) + command.byMs - time.now()
      return left > 0 ? time.pass(left) : undefined
    }
    case 'passToHours': {
      const window = user.delivery(command.delivery)?.window
      const client = user.client(command.client)
      if (window == null || client === undefined) return
      return time.pass(Math.max(0, nextEdge(window, client.timeZone, time.now()) + command.byMs - time.now()))
    }
    case 'crash':
      await program.crash(command.accepted)
      return program.start(command.policy)
    case 'restart':
      await program.stop(command.withinMs)
      return program.start(command.policy)
    case 'aim':
      return program.aim(command.concurrency, command.rate)
    case 'reopen':
      return program.reopen()
    case 'trouble':
      return program.session.failNext(command.statement)
    default:
      return
  }
}

function outcomeOf(answer: Answer): Outcome {
  switch (answer.says) {
    case 'accepted':
      return { kind: 'accepted', answer: http(200) }
    case 'rejected':
      return { kind: 'rejected', answer: http(404), error: { code: 'rejected', detail: 'no such number' } }
    case 'unauthorized':
      return { kind: 'unauthorized', answer: http(401), error: { code: 'unauthorized', detail: 'who are you' } }
    case 'connection':
    case 'timeout':
      return unavailable(answer.says, null, null)
    case 'busy':
      return unavailable(answer.status === 429 ? 'rate_limited' : 'server_error', answer.status, answer.retryAfterMs)
    default:
      return assertNever(answer)
  }
}
