import { assertNever } from '#shared/domain/assert-never.ts'
import { allows, type DeliveryAction } from '#shared/domain/states.ts'
import { fromInstant } from '../base/clock.ts'
import { ConflictError } from '../store/errors.ts'
import type { StoreWrites } from '../store/store.ts'

const byUser = { by: 'operator' } as const

/**
 * Changes a delivery's state at the user's request. Throws `NotFoundError`, and `ConflictError` where the delivery's state
 * forbids the action.
 */
export async function changeDeliveryState(
  writes: StoreWrites,
  id: number,
  action: DeliveryAction,
  now: number,
): Promise<void> {
  const { deliveries } = writes
  const { status, startsAt, endsAt, startedAt } = await deliveries.get(id)
  if (!allows(status, action))
    throw new ConflictError({ code: 'action_not_allowed', params: { status, action }, field: 'status' })
  const goTo = async (next: 'paused' | 'running' | 'scheduled'): Promise<void> => {
    await deliveries.update(id, { status: next }, now)
    writes.record({ delivery: id, status: next, ...byUser })
  }
  if (action === 'cancel') return deliveries.cancel(id, now)
  if (action === 'pause') return goTo('paused')
  if (fromInstant(endsAt) <= now) throw new ConflictError({ code: 'end_passed', field: 'endsAt' })
  switch (action) {
    case 'start':
      await deliveries.update(id, { startsAt: now }, now)
      return deliveries.start(id, now, byUser)
    case 'schedule':
    case 'resume':
      if (startedAt !== null) return goTo('running')
      await goTo('scheduled')
      if (fromInstant(startsAt) <= now) await deliveries.start(id, now, { because: 'startDue' })
      return
    default:
      return assertNever(action)
  }
}
