import type { Delivery } from '#shared/contract/deliveries.ts'
import { type FollowUp, followUpOf, type ResolveOptions, resolveOptionsOf } from '#shared/domain/retry-and-resolve.ts'

type Ending = Pick<Delivery, 'status' | 'endsAt' | 'finishedAt'>

/** What a delivery offers at `now` to messages that did not arrive, or may not have. */
export function chancesOf(delivery: Ending & Pick<Delivery, 'messages'>, now: number): FollowUp {
  const { status, endsAt, messages } = delivery
  return followUpOf({ status, endsAt: Date.parse(endsAt), messages: messages.byStatus }, newest(now, delivery))
}

/** The same for one uncertain message. */
export function settlingOfOne(delivery: Ending, now: number, clientId: number | null): ResolveOptions {
  const standing = { status: delivery.status, endsAt: Date.parse(delivery.endsAt) }
  return resolveOptionsOf(standing, newest(now, delivery), clientId === null)
}

/** The clock of the screen goes by quarters of a minute: what the engine did in between is later than what it shows. */
function newest(now: number, { finishedAt }: Ending): number {
  return finishedAt === null ? now : Math.max(now, Date.parse(finishedAt))
}
