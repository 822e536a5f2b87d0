import type { Delivery } from '#shared/contract/deliveries.ts'
import { allows, type DeliveryAction, editable } from '#shared/domain/states.ts'
import type { DeliveryCommand } from './delivery-questions.tsx'

/**
 * What can be done to a delivery at `now`, the likeliest next step first. Nothing starts whose end has passed, and
 * putting on the schedule means something only while the start is still to come.
 */
export function availableCommands(
  { status, startsAt, endsAt }: Pick<Delivery, 'status' | 'startsAt' | 'endsAt'>,
  now: number,
): readonly DeliveryCommand[] {
  const isLater = Date.parse(startsAt) > now
  const canStart = Date.parse(endsAt) > now
  const starting: readonly DeliveryAction[] = isLater ? ['schedule', 'start'] : ['start']
  const actions: readonly DeliveryAction[] = [...(canStart ? starting : []), 'resume', 'pause', 'cancel']
  return [...actions.filter((action) => allows(status, action)), 'delete']
}

/** Whether there is anything left that editing could change. */
export function canEdit({ status, startedAt }: Pick<Delivery, 'status' | 'startedAt'>): boolean {
  return editable(status, startedAt !== null) !== 'nothing'
}
