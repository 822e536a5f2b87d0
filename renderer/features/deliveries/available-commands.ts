import type { Delivery } from '#shared/contract/deliveries.ts'
import { allows, type DeliveryAction, editable } from '#shared/domain/states.ts'
import type { DeliveryCommand } from './command-confirmations.ts'
import { followUpAt } from './follow-up.ts'

/**
 * What can be done to a delivery at `now` (ms), the most likely command first. A delivery that has ended cannot start,
 * one without a future start cannot be scheduled, one without failed messages cannot be retried.
 */
export function availableCommands(
  delivery: Pick<Delivery, 'status' | 'startsAt' | 'endsAt' | 'finishedAt' | 'messages'>,
  now: number,
): readonly DeliveryCommand[] {
  const { status, startsAt, endsAt } = delivery
  const isLater = Date.parse(startsAt) > now
  const canStart = Date.parse(endsAt) > now
  const starting: readonly DeliveryAction[] = isLater ? ['schedule', 'start'] : ['start']
  const actions: readonly DeliveryAction[] = [...(canStart ? starting : []), 'resume', 'pause']
  const retrying: readonly DeliveryCommand[] = followUpAt(delivery, now).retry > 0 ? ['retry'] : []
  return [
    ...actions.filter((action) => allows(status, action)),
    ...retrying,
    ...(allows(status, 'cancel') ? (['cancel'] as const) : []),
    'delete',
  ]
}

/** Whether editing could still change something. */
export function canEdit({ status, startedAt }: Pick<Delivery, 'status' | 'startedAt'>): boolean {
  return editable(status, startedAt !== null) !== 'nothing'
}
