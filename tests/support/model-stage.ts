import type { DeliveryStatus } from '#shared/domain/states.ts'
import type { Program } from './model-program.ts'
import type { SimulatedUser } from './model-user.ts'
import type { Witness } from './model-witness.ts'
import type { MovedTime } from './moved-time.ts'
import type { TestStore } from './test-store.ts'

/** The parts of a story. */
export interface Stage {
  readonly store: TestStore
  readonly time: MovedTime
  readonly user: SimulatedUser
  readonly program: Program
  readonly witness: Witness
}

interface DeliveryRow {
  readonly id: number
  readonly status: DeliveryStatus
  readonly startsAt: number
  readonly startedAt: number | null
  readonly endsAt: number
  readonly queued: number
  readonly sending: number
}

/** Returns the deliveries in the store, with the unfinished messages of each. */
export function deliveriesIn(store: TestStore): Promise<DeliveryRow[]> {
  return store.sql.all<DeliveryRow>(
    `SELECT d.id, d.status, d.startsAt, d.startedAt, d.endsAt, k.queued, k.sending
     FROM deliveries d JOIN delivery_counters k ON k.deliveryId = d.id ORDER BY d.id`,
  )
}

/** Expects that no rule is broken and nothing is half done. `isAwake`: the sender has had time to check the store. */
export async function expectRest(stage: Stage, isAwake: boolean): Promise<void> {
  const { program, witness, store } = stage
  await witness.look(store.sql)
  if (!program.session.isHeld && !program.session.isInTrouble) {
    witness.atRest(new Set(program.gateway.inFlight.map(({ outgoing }) => outgoing.id)))
    if (isAwake) await expectPunctuality(stage)
  }
  expectInnocence(witness)
}

export function expectInnocence({ violations }: Witness): void {
  if (violations.length > 0) throw new Error(violations.join('; '))
}

/** Expects that everything due by the clock has happened. */
async function expectPunctuality({ store, time, program, user, witness }: Stage): Promise<void> {
  const now = time.now()
  for (const { id, status, startsAt, startedAt, endsAt, queued, sending } of await deliveriesIn(store)) {
    if (status === 'scheduled' && startsAt <= now) witness.accuse(`delivery ${id} should have started`)
    if (startedAt === null || (status !== 'running' && status !== 'paused')) continue
    if (endsAt <= now && queued > 0) witness.accuse(`delivery ${id} has ended, and ${queued} messages are queued`)
    if (queued + sending === 0) witness.accuse(`delivery ${id} has nothing left to do and is ${status}`)
  }
  for (const { outgoing } of program.gateway.inFlight) {
    const delivery = user.truth.deliveries.get(outgoing.delivery.id)
    if (delivery !== undefined && delivery.control !== 'deleted' && delivery.endsAt <= now)
      witness.accuse(`message ${outgoing.id} is in flight, and its delivery has ended`)
  }
}
