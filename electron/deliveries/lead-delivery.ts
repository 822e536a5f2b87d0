import { assertNever } from '#shared/domain/assert-never.ts'
import { allows, type DeliveryAction } from '#shared/domain/states.ts'
import { cancelDelivery, deliveryRow, removeDelivery, updateDelivery } from '../store/deliveries/deliveries.ts'
import { ConflictError } from '../store/errors.ts'
import { startDelivery } from '../store/send-queue/delivery-life.ts'
import type { Writing } from '../store/store.ts'

const reason = { by: 'operator' }

/** Takes one step in a delivery's life at the operator's word. Throws `NotFoundError`, and `ConflictError` where its state forbids the step. */
export async function leadDelivery(writing: Writing, id: number, action: DeliveryAction, now: number): Promise<void> {
  const row = await deliveryRow(writing, id)
  if (!allows(row.status, action))
    throw new ConflictError({ code: 'action_not_allowed', params: { status: row.status, action }, field: 'status' })
  const goTo = async (status: 'paused' | 'running' | 'scheduled'): Promise<void> => {
    await updateDelivery(writing, id, { status }, now)
    writing.note({ delivery: id, status, ...reason })
  }
  if (action === 'cancel') return cancelDelivery(writing, id, now)
  if (action === 'pause') return goTo('paused')
  if (row.endsAt <= now) throw new ConflictError({ code: 'end_passed', field: 'endsAt' })
  switch (action) {
    case 'start':
      await updateDelivery(writing, id, { startsAt: now }, now)
      return writing.note(...(await startDelivery(writing.sql, id, now, reason)))
    case 'schedule':
    case 'resume':
      if (row.startedAt !== null) return goTo('running')
      await goTo('scheduled')
      if (row.startsAt <= now) writing.note(...(await startDelivery(writing.sql, id, now)))
      return
    default:
      return assertNever(action)
  }
}

/** Cancels a delivery and removes it with everything that was recorded of it. */
export async function deleteDelivery(writing: Writing, id: number): Promise<void> {
  await removeDelivery(writing, await deliveryRow(writing, id))
}
