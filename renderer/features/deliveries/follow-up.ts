import type { Delivery } from '#shared/contract/deliveries.ts'
import { type FollowUp, followUpOf, type ResolveOptions, resolveOptionsOf } from '#shared/domain/retry-and-resolve.ts'

type DeliveryEnd = Pick<Delivery, 'status' | 'endsAt' | 'finishedAt'>

/** What can be done at `now` (ms) about the failed and uncertain messages of a delivery. */
export function followUpAt(delivery: DeliveryEnd & Pick<Delivery, 'messages'>, now: number): FollowUp {
  const { status, endsAt, messages } = delivery
  return followUpOf({ status, endsAt: Date.parse(endsAt), messages: messages.byStatus }, latestOf(now, delivery))
}

/** What can be done at `now` (ms) about one uncertain message; `clientId` is null if its client was deleted. */
export function resolveOptionsAt(delivery: DeliveryEnd, now: number, clientId: number | null): ResolveOptions {
  const { status, endsAt } = delivery
  return resolveOptionsOf({ status, endsAt: Date.parse(endsAt) }, latestOf(now, delivery), clientId === null)
}

/** The screen's clock ticks every 15 seconds, so that the delivery may have finished after `now`. */
function latestOf(now: number, { finishedAt }: DeliveryEnd): number {
  return finishedAt === null ? now : Math.max(now, Date.parse(finishedAt))
}
