import { resolveUncertain } from '#electron/deliveries/resolve-uncertain.ts'
import { isFinal } from '#shared/domain/states.ts'
import { http } from './gateway-answer.ts'
import { deliveriesIn, expectInnocence, expectRest, type Stage } from './model-stage.ts'
import { lookMs } from './moved-time.ts'

const minute = 60_000
/** Longer than any back-off, and than any wait that the gateway asks for. */
const calmMinutes = 12

/**
 * Ends a story without further faults: the gateway accepts, and time passes until every delivery has ended. Then every
 * message must be final, uncertain ones after the user has resolved them, and the program must stop cleanly.
 */
export async function finish(stage: Stage): Promise<void> {
  const { program, time, user, witness, store } = stage
  program.session.letGo()
  program.wake()
  await program.rest()
  time.pass(lookMs)
  await program.rest()
  program.aim(6, null)

  time.jump(time.latest - time.now())
  await serve(stage)
  for (let passed = 0; passed < calmMinutes && (await forgotten(stage)).length > 0; passed += 1) {
    time.pass(minute)
    await serve(stage)
    await expectRest(stage, true)
  }
  for (const { id, queued } of await forgotten(stage))
    witness.accuse(`delivery ${id} can be sent, and ${queued} of its messages are still queued`)

  const ends = [...user.truth.deliveries.values()].map(({ endsAt }) => endsAt)
  for (const end of [...new Set(ends)].sort((a, b) => a - b)) {
    if (end <= time.now()) continue
    time.pass(end - time.now())
    await serve(stage)
  }
  time.pass(lookMs)
  await serve(stage)
  await expectRest(stage, true)
  await resolve(stage)
  for (const { id, status } of await deliveriesIn(store))
    if (status !== 'completed' && status !== 'cancelled') witness.accuse(`delivery ${id} is ${status} in the end`)
  for (const { id, status } of witness.seen.values())
    if (!isFinal(status)) witness.accuse(`message ${id} is ${status} in the end`)
  expectInnocence(witness)
  await program.stop(0)
}

/** Accepts every request until none is left. */
async function serve({ program }: Stage): Promise<void> {
  await program.rest()
  while (program.gateway.inFlight.length > 0) {
    for (const flight of program.gateway.inFlight) flight.settle({ kind: 'accepted', answer: http(200) })
    await program.rest()
  }
}

/** Returns the unfinished deliveries without a window. */
async function forgotten({ store, time, user }: Stage): Promise<{ readonly id: number; readonly queued: number }[]> {
  const rows = await deliveriesIn(store)
  return rows.filter(({ id, status, endsAt, queued }) => {
    const known = user.truth.deliveries.get(id)
    return status === 'running' && known?.window === null && endsAt > time.now() && queued > 0
  })
}

async function resolve({ store, time, witness }: Stage): Promise<void> {
  for (const { id } of await deliveriesIn(store)) {
    if (![...witness.seen.values()].some(({ deliveryId, status }) => deliveryId === id && status === 'uncertain'))
      continue
    await store.write((writes) => resolveUncertain(writes, id, id % 2 === 0 ? 'sent' : 'failed', time.now()))
  }
  await witness.look(store.sql)
}
