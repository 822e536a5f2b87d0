import { opensAt } from '#shared/domain/sending-window.ts'
import type { DueMessage, RunningDelivery } from '../store/ports/send-queue.ts'

/** Whether a message may be sent at this moment. */
export type Permission =
  | { readonly kind: 'go' }
  /** Never: the client is gone or has opted out. */
  | { readonly kind: 'cancel' }
  /** Not before the client's window opens. */
  | { readonly kind: 'wait'; readonly until: number }
  /** The delivery has ended. */
  | { readonly kind: 'over' }

const go: Permission = { kind: 'go' }
const cancel: Permission = { kind: 'cancel' }
const over: Permission = { kind: 'over' }

/**
 * Applies the checks that depend on the delivery, the client and the clock (DOMAIN, rules of sending, 2). Pure. It is
 * asked when a message is claimed and again right before its request: the commit in between may have taken its time.
 */
export function permissionFor(
  delivery: Pick<RunningDelivery, 'endsAt' | 'windowFrom' | 'windowTo'>,
  message: Pick<DueMessage, 'clientId' | 'optedOutAt' | 'timeZone'>,
  now: number,
): Permission {
  if (now >= delivery.endsAt) return over
  if (message.clientId === null || message.optedOutAt !== null) return cancel
  const { windowFrom, windowTo } = delivery
  if (windowFrom === null || windowTo === null || message.timeZone === null) return go
  const until = opensAt({ from: windowFrom, to: windowTo }, message.timeZone, now)
  return until <= now ? go : { kind: 'wait', until }
}
