import type { DeliveryAction, DeliveryStatus } from '../domain/states.ts'

const participles: { readonly [action in DeliveryAction]: string } = {
  schedule: 'scheduled',
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  cancel: 'cancelled',
}

/** Deliveries, their messages, and statistics over them. */
export const deliveryErrors = {
  delivery_not_found: ({ id }: { id: number }) => `there is no delivery ${id}`,
  message_not_found: ({ id }: { id: number }) => `there is no message ${id}`,
  template_not_found: ({ id }: { id: number }) => `there is no template ${id}`,
  delivery_over: ({ status }: { status: DeliveryStatus }) => `the delivery is ${status} and cannot be changed`,
  delivery_started: ({ fields }: { fields: readonly string[] }) =>
    `the delivery has started: only ${fields.join(', ')} can still be changed`,
  action_not_allowed: ({ status, action }: { status: DeliveryStatus; action: DeliveryAction }) =>
    `a ${status} delivery cannot be ${participles[action]}`,
  delivery_cancelled: () => 'the delivery was cancelled: no more messages will be sent',
  delivery_ended: () => 'the delivery has ended: no more messages will be sent',
  end_passed: () => 'the end of the delivery has passed: set a later end first',
  end_in_past: () => 'the end has already passed: choose a later one',
  end_before_start: () => 'the end must be after the start',
  window_empty: () => 'the window must not be empty: from and to are the same',
  no_messages_to_retry: ({ status }: { status: 'failed' | 'uncertain' }) => `the delivery has no ${status} messages`,
  no_uncertain_messages: () => 'there is no uncertain message to resolve',
  client_deleted: () => 'the client was deleted: nothing will be sent to them',
  client_opted_out: () => 'the client has opted out: nothing will be sent to them',
  templates_full: ({ max }: { max: number }) =>
    `there are already ${max} templates: delete one that you no longer need`,
  period_reversed: () => 'must not be before since',
  period_too_long: ({ maxDays }: { maxDays: number }) => `at most ${maxDays} days at once: choose a later since`,
}
