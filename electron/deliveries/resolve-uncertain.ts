import type { Resolution } from '#shared/domain/retry-and-resolve.ts'
import { ConflictError } from '../store/errors.ts'
import type { StoreWrites } from '../store/store.ts'
import { refuseUnlessSendable, runAgain } from './retry-failed.ts'

/**
 * Resolves the uncertain messages of a delivery as the user says; `messageId` selects one of them. Throws `NotFoundError`,
 * and `ConflictError` when there are none, or when they cannot be sent again.
 */
export async function resolveUncertain(
  writes: StoreWrites,
  id: number,
  resolution: Resolution,
  now: number,
  messageId?: number,
): Promise<void> {
  const delivery = await writes.deliveries.get(id)
  if (resolution === 'resend') refuseUnlessSendable(delivery, now)
  const resolved = await writes.deliveries.resolveUncertain({ deliveryId: id, messageId }, resolution, now)
  if (resolved === 0) throw new ConflictError({ code: 'no_uncertain_messages', field: 'status' })
  if (resolution === 'resend') await runAgain(writes, delivery, now)
}

/**
 * Resolves one uncertain message. It cannot be sent again to a client who was deleted or has opted out: the sender would
 * cancel it, and a message that may have arrived would show as never sent. Throws like `resolveUncertain`.
 */
export async function resolveUncertainMessage(
  writes: StoreWrites,
  messageId: number,
  resolution: Resolution,
  now: number,
): Promise<void> {
  const { deliveryId, clientId } = await writes.messages.get(messageId)
  if (resolution === 'resend') await refuseUnlessReachable(writes, clientId)
  await resolveUncertain(writes, deliveryId, resolution, now, messageId)
}

async function refuseUnlessReachable({ clients }: StoreWrites, clientId: number | null): Promise<void> {
  if (clientId === null) throw new ConflictError({ code: 'client_deleted', field: 'clientId' })
  const { optedOutAt } = await clients.get(clientId)
  if (optedOutAt !== null) throw new ConflictError({ code: 'client_opted_out', field: 'clientId' })
}
