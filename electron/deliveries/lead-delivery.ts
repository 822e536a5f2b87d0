import { assertNever } from '#shared/domain/assert-never.ts'
import { allows, type DeliveryAction } from '#shared/domain/states.ts'
import { cancelDelivery, deliveryRow, removeDelivery, updateDelivery } from '../store/deliveries.ts'
import { beginDelivery } from '../store/delivery-life.ts'
import { ConflictError } from '../store/errors.ts'
import type { Writing } from '../store/store.ts'

/** Takes one step in a delivery's life at the operator's word. Throws `NotFoundError`, and `ConflictError` where its state forbids the step. */
export async function leadDelivery(writing: Writing, id: number, action: DeliveryAction, now: number): Promise<void> {
  const row = await deliveryRow(writing, id)
  if (!allows(row.status, action))
    throw new ConflictError('status', `a ${row.status} delivery cannot be told to ${action}`)
  if (action === 'cancel') return cancelDelivery(writing, id, now)
  if (action === 'pause') return updateDelivery(writing, id, { status: 'paused' }, now)
  if (row.endsAt <= now) throw new ConflictError('endsAt', 'the end of the delivery has passed: set a later one first')
  switch (action) {
    case 'start':
      await updateDelivery(writing, id, { startsAt: now }, now)
      return beginDelivery(writing.sql, id, now)
    case 'schedule':
    case 'resume':
      if (row.startedAt !== null) return updateDelivery(writing, id, { status: 'running' }, now)
      await updateDelivery(writing, id, { status: 'scheduled' }, now)
      if (row.startsAt <= now) await beginDelivery(writing.sql, id, now)
      return
    default:
      return assertNever(action)
  }
}

/** Cancels a delivery and removes it with everything that was recorded of it. */
export async function deleteDelivery(writing: Writing, id: number): Promise<void> {
  await removeDelivery(writing, await deliveryRow(writing, id))
}
