/** Statuses of deliveries and messages, and the actions that change them. */

export const deliveryStatuses = ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

export const messageStatuses = ['queued', 'sending', 'sent', 'failed', 'expired', 'cancelled', 'uncertain'] as const
export type MessageStatus = (typeof messageStatuses)[number]

/** A count per message status, every status present. */
export type MessageCounts = { readonly [status in MessageStatus]: number }

/** The user's commands for a delivery. */
export const deliveryActions = ['schedule', 'start', 'pause', 'resume', 'cancel'] as const
export type DeliveryAction = (typeof deliveryActions)[number]

const allowedFrom: { readonly [action in DeliveryAction]: readonly DeliveryStatus[] } = {
  schedule: ['draft'],
  start: ['draft', 'scheduled'],
  pause: ['scheduled', 'running'],
  resume: ['paused'],
  cancel: ['draft', 'scheduled', 'running', 'paused'],
}

/** Returns whether `action` is allowed for a delivery in `status`. */
export function allows(status: DeliveryStatus, action: DeliveryAction): boolean {
  return allowedFrom[action].includes(status)
}

/** The fields that can be changed after the start. Before it all fields can be changed. */
export const editableWhileRunning = ['name', 'endsAt', 'window', 'ratePerSecond'] as const

/** Returns which fields the user can change now: everything before the start, some while running, nothing after the end. */
export function editable(status: DeliveryStatus, hasStarted: boolean): 'everything' | 'some' | 'nothing' {
  if (status === 'completed' || status === 'cancelled') return 'nothing'
  return hasStarted ? 'some' : 'everything'
}

/** Returns whether a message has reached its final status. An `uncertain` one still waits for the user. */
export function isFinal(status: MessageStatus): boolean {
  return status === 'sent' || status === 'failed' || status === 'expired' || status === 'cancelled'
}

export function noMessages(): { [status in MessageStatus]: number } {
  return { queued: 0, sending: 0, sent: 0, failed: 0, expired: 0, cancelled: 0, uncertain: 0 }
}

export function totalOf(counts: MessageCounts): number {
  let total = 0
  for (const status of messageStatuses) total += counts[status]
  return total
}

/** Error codes of an attempt. A message's `lastError` is one of these and the gateway's own text. */
export const errorCodes = [
  'timeout',
  'connection',
  'bad_response',
  'rejected',
  'unauthorized',
  'rate_limited',
  'server_error',
  'template',
  'interrupted',
  'aborted',
] as const
export type ErrorCode = (typeof errorCodes)[number]
