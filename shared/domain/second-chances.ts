import type { DeliveryStatus, MessageCounts } from './states.ts'

/** What can be said of a message whose fate is unknown, in the order in which it is offered. */
export const resolutions = ['sent', 'resend', 'failed'] as const
export type Resolution = (typeof resolutions)[number]

/** Why no message is sent (again): its delivery was cancelled or has ended, or its client is deleted. */
export type SendingBar = 'cancelled' | 'ended' | 'clientDeleted'

/** What of a delivery decides whether any of its messages may be sent again; instants in milliseconds. */
export interface Standing {
  readonly status: DeliveryStatus
  readonly endsAt: number
}

/** What stands in the way of sending anything of a delivery at `now`; null: nothing does (DOMAIN, rules of sending, 8). */
export function barOf({ status, endsAt }: Standing, now: number): 'cancelled' | 'ended' | null {
  if (status === 'cancelled') return 'cancelled'
  return endsAt <= now ? 'ended' : null
}

/** How the uncertain messages of a delivery, or one of them, can be settled, and what bars sending again where that is not among it. */
export interface Settling {
  readonly resolutions: readonly Resolution[]
  readonly bar: SendingBar | null
}

/** What can be said of uncertain messages: sending again needs a delivery that goes on, and a client who is still there. */
export function settlingOf(delivery: Standing, now: number, clientIsDeleted = false): Settling {
  const bar = barOf(delivery, now) ?? (clientIsDeleted ? 'clientDeleted' : null)
  return { resolutions: resolutions.filter((resolution) => resolution !== 'resend' || bar === null), bar }
}

/** What a delivery offers at a moment to messages that did not arrive, or may not have. */
export interface SecondChances {
  /** How many failed messages can be put back into the queue; 0 when there are none or nothing is sent any more. */
  readonly retry: number
  readonly uncertain: number
  readonly settling: Settling
}

/** What there is to retry and to settle in a delivery at `now`. */
export function secondChancesOf(
  { messages, ...delivery }: Standing & { readonly messages: Pick<MessageCounts, 'failed' | 'uncertain'> },
  now: number,
): SecondChances {
  return {
    retry: barOf(delivery, now) === null ? messages.failed : 0,
    uncertain: messages.uncertain,
    settling: settlingOf(delivery, now),
  }
}

/** What becomes of a delivery that messages are put back into: it runs on, runs again, or lets them wait until it is resumed. */
export function afterRequeue(status: DeliveryStatus): 'runsOn' | 'runsAgain' | 'waits' {
  if (status === 'completed') return 'runsAgain'
  return status === 'paused' ? 'waits' : 'runsOn'
}
