import type { Delivery } from '#shared/contract/deliveries.ts'
import { allows, type DeliveryAction, editable } from '#shared/domain/states.ts'
import type { DeliveryCommand } from './command-confirmations.ts'
import { followUpAt } from './follow-up.ts'

/**
 * What can be done to a delivery at `now`, the likeliest next step first. Nothing starts whose end has passed,
 * putting on the schedule means something only while the start is still to come, and a retry only with failed messages.
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

/** Whether there is anything left that editing could change. */
export function canEdit({ status, startedAt }: Pick<Delivery, 'status' | 'startedAt'>): boolean {
  return editable(status, startedAt !== null) !== 'nothing'
}
