import { type Resolution, whyNotSendable } from '#shared/domain/retry-and-resolve.ts'
import { getClient } from '../store/clients/clients.ts'
import { deliveryRow, updateDelivery } from '../store/deliveries/deliveries.ts'
import { becomes, requeue, resolveUncertain } from '../store/deliveries/second-chances.ts'
import { ConflictError } from '../store/errors.ts'
import { messageRow } from '../store/messages/messages.ts'
import type { DeliveryRow } from '../store/models/delivery.ts'
import { moveEvents } from '../store/send-queue/moved-messages.ts'
import type { Writing } from '../store/store.ts'

/**
 * Puts the failed messages of a delivery, or those whose fate is unknown, back into the queue with the same ids (DOMAIN, rules of
 * sending, 8). A delivery that had completed runs again. Throws `ConflictError` when it was cancelled or has ended.
 */
export async function retryMessages(
  writing: Writing,
  id: number,
  status: 'failed' | 'uncertain',
  now: number,
): Promise<void> {
  const row = await deliveryRow(writing, id)
  refuseUnlessGoing(row, now)
  const retried = await requeue(writing.sql, id, status, now)
  if (retried.count === 0)
    throw new ConflictError({ code: 'no_messages_to_retry', params: { status }, field: 'status' })
  writing.note(...moveEvents(id, retried, 'queued', { was: status, by: 'operator' }))
  await goOn(writing, row, now)
}

/** Settles the messages of a delivery whose fate is unknown as the operator says; `messageId` names one of them. */
export async function settleUncertain(
  writing: Writing,
  id: number,
  resolution: Resolution,
  now: number,
  messageId?: number,
): Promise<void> {
  const row = await deliveryRow(writing, id)
  if (resolution === 'resend') refuseUnlessGoing(row, now)
  const concerned = messageId === undefined ? { deliveryId: id } : { deliveryId: id, messageId }
  const settled = await resolveUncertain(writing.sql, concerned, resolution, now)
  if (settled.count === 0) throw new ConflictError({ code: 'no_uncertain_messages', field: 'status' })
  writing.note(...moveEvents(id, settled, becomes[resolution], { was: 'uncertain', by: 'operator' }))
  if (resolution === 'resend') await goOn(writing, row, now)
}

/**
 * The same for one message, by its own id. Throws `NotFoundError`. It is not sent again to a client who is gone or has opted out: the
 * sender would cancel it, and what may have arrived would stand there as never sent.
 */
export async function settleUncertainMessage(
  writing: Writing,
  messageId: number,
  resolution: Resolution,
  now: number,
): Promise<void> {
  const { deliveryId, clientId } = await messageRow(writing, messageId)
  if (resolution === 'resend') await refuseUnlessWelcome(writing, clientId)
  await settleUncertain(writing, deliveryId, resolution, now, messageId)
}

function refuseUnlessGoing(row: DeliveryRow, now: number): void {
  switch (whyNotSendable(row, now)) {
    case 'cancelled':
      throw new ConflictError({ code: 'delivery_cancelled', field: 'status' })
    case 'ended':
      throw new ConflictError({ code: 'delivery_ended', field: 'endsAt' })
    case null:
  }
}

async function refuseUnlessWelcome(writing: Writing, clientId: number | null): Promise<void> {
  if (clientId === null) throw new ConflictError({ code: 'client_deleted', field: 'clientId' })
  const { optedOutAt } = await getClient(writing, clientId)
  if (optedOutAt !== null) throw new ConflictError({ code: 'client_opted_out', field: 'clientId' })
}

async function goOn(writing: Writing, row: DeliveryRow, now: number): Promise<void> {
  if (row.status !== 'completed') return
  await updateDelivery(writing, row.id, { status: 'running', finishedAt: null }, now)
  writing.note({ delivery: row.id, status: 'running', was: 'completed', because: 'queuedAgain' })
}
