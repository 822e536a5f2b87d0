import type { Delivery } from '#shared/contract/deliveries.ts'
import { whyNotSendable } from '#shared/domain/retry-and-resolve.ts'
import { fromInstant } from '../base/clock.ts'
import { ConflictError } from '../store/errors.ts'
import type { StoreWrites } from '../store/store.ts'

/**
 * Puts the failed or uncertain messages of a delivery back into the queue, with the same ids (DOMAIN, rule 8). A completed
 * delivery runs again. Throws `ConflictError` when the delivery was cancelled or has ended, or has no such messages.
 */
export async function retryMessages(
  writes: StoreWrites,
  id: number,
  status: 'failed' | 'uncertain',
  now: number,
): Promise<void> {
  const delivery = await writes.deliveries.get(id)
  refuseUnlessSendable(delivery, now)
  if ((await writes.deliveries.requeue(id, status, now)) === 0)
    throw new ConflictError({ code: 'no_messages_to_retry', params: { status }, field: 'status' })
  await runAgain(writes, delivery, now)
}

/** Throws `ConflictError` when nothing of a delivery can be sent any more. */
export function refuseUnlessSendable({ status, endsAt }: Delivery, now: number): void {
  switch (whyNotSendable({ status, endsAt: fromInstant(endsAt) }, now)) {
    case 'cancelled':
      throw new ConflictError({ code: 'delivery_cancelled', field: 'status' })
    case 'ended':
      throw new ConflictError({ code: 'delivery_ended', field: 'endsAt' })
    case null:
  }
}

/** Sets a completed delivery running again, after messages were put back into its queue. */
export async function runAgain(writes: StoreWrites, { id, status }: Delivery, now: number): Promise<void> {
  if (status !== 'completed') return
  await writes.deliveries.update(id, { status: 'running', finishedAt: null }, now)
  writes.record({ delivery: id, status: 'running', was: 'completed', because: 'queuedAgain' })
}
