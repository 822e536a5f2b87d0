import type { DeliveryStatus, MessageCounts } from './states.ts'

/** How the user can resolve an uncertain message, in the order in which the console offers it. */
export const resolutions = ['sent', 'resend', 'failed'] as const
export type Resolution = (typeof resolutions)[number]

/** Why a message cannot be sent again: its delivery was cancelled or has ended, or its client was deleted. */
export type SendBlocker = 'cancelled' | 'ended' | 'clientDeleted'

/** The part of a delivery that decides whether its messages can be sent again. `endsAt` in milliseconds. */
export interface SendState {
  readonly status: DeliveryStatus
  readonly endsAt: number
}

/** Returns why no message of the delivery can be sent at `now` (ms), or null if messages can be sent (DOMAIN, rule 8). */
export function whyNotSendable({ status, endsAt }: SendState, now: number): 'cancelled' | 'ended' | null {
  if (status === 'cancelled') return 'cancelled'
  return endsAt <= now ? 'ended' : null
}

/** How uncertain messages can be resolved. `blocker` says why `resend` is missing, and is null when it is not. */
export interface ResolveOptions {
  readonly resolutions: readonly Resolution[]
  readonly blocker: SendBlocker | null
}

/** Returns how the uncertain messages of a delivery can be resolved at `now` (ms). */
export function resolveOptionsOf(delivery: SendState, now: number, clientIsDeleted = false): ResolveOptions {
  const blocker = whyNotSendable(delivery, now) ?? (clientIsDeleted ? 'clientDeleted' : null)
  return { resolutions: resolutions.filter((resolution) => resolution !== 'resend' || blocker === null), blocker }
}

/** What the user can do about the failed and uncertain messages of a delivery. */
export interface FollowUp {
  /** The number of failed messages that can be queued again. */
  readonly retry: number
  /** The number of uncertain messages. */
  readonly uncertain: number
  readonly resolveOptions: ResolveOptions
}

/** Returns what can be retried and resolved in a delivery at `now` (ms). */
export function followUpOf(
  { messages, ...delivery }: SendState & { readonly messages: Pick<MessageCounts, 'failed' | 'uncertain'> },
  now: number,
): FollowUp {
  return {
    retry: whyNotSendable(delivery, now) === null ? messages.failed : 0,
    uncertain: messages.uncertain,
    resolveOptions: resolveOptionsOf(delivery, now),
  }
}

/** Returns whether a delivery keeps running, runs again, or stays paused after some of its messages are queued again. */
export function afterRequeue(status: DeliveryStatus): 'runsOn' | 'runsAgain' | 'waits' {
  if (status === 'completed') return 'runsAgain'
  return status === 'paused' ? 'waits' : 'runsOn'
}
