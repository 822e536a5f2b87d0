/** The states of DOMAIN: a delivery and a message, and what leads from one to the next. */

export const deliveryStatuses = ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

export const messageStatuses = ['queued', 'sending', 'sent', 'failed', 'expired', 'cancelled', 'uncertain'] as const
export type MessageStatus = (typeof messageStatuses)[number]

/** A count per message status, every status present. */
export type MessageCounts = { readonly [status in MessageStatus]: number }

/** What the operator can do to a delivery as a whole. */
export const deliveryActions = ['schedule', 'start', 'pause', 'resume', 'cancel'] as const
export type DeliveryAction = (typeof deliveryActions)[number]

const allowedFrom: { readonly [action in DeliveryAction]: readonly DeliveryStatus[] } = {
  schedule: ['draft'],
  start: ['draft', 'scheduled'],
  pause: ['scheduled', 'running'],
  resume: ['paused'],
  cancel: ['draft', 'scheduled', 'running', 'paused'],
}

/** Whether `action` makes sense for a delivery in `status`. */
export function allows(status: DeliveryStatus, action: DeliveryAction): boolean {
  return allowedFrom[action].includes(status)
}

/** The fields that may still be changed once a delivery has begun; before that, all of them. */
export const editableWhileRunning = ['name', 'endsAt', 'window', 'ratePerSecond'] as const

/** Which fields an operator may change now: everything before the start, a few while it runs, nothing after its end. */
export function editable(status: DeliveryStatus, hasStarted: boolean): 'everything' | 'some' | 'nothing' {
  if (status === 'completed' || status === 'cancelled') return 'nothing'
  return hasStarted ? 'some' : 'everything'
}

/** Messages that have nothing before them any more (an `uncertain` one waits for the operator, not for the program). */
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

/** What can be wrong with one attempt; `lastError` of a message is one of these plus the gateway's own words. */
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
