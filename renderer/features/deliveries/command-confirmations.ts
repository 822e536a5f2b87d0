import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { afterRequeue } from '#shared/domain/retry-and-resolve.ts'
import type { DeliveryAction } from '#shared/domain/states.ts'
import { orpc } from '../../api/queries.ts'
import type { Confirmation } from '../../components/confirm.tsx'
import { type Format, useFormat } from '../../components/format.ts'

/** Everything that can be done to a delivery as a whole. */
export type DeliveryCommand = DeliveryAction | 'retry' | 'delete'

/** The part of a delivery that its confirmations need. */
export type ConfirmedDelivery = Pick<
  Delivery,
  'id' | 'name' | 'status' | 'filter' | 'startsAt' | 'endsAt' | 'window' | 'messages'
>

type Translate = TFunction<'deliveries'>
type SendCommand = 'start' | 'schedule'

/**
 * Returns what to confirm before a command, or null if the command can be undone as easily as it is given.
 * The returned function throws what the audience query throws.
 */
export function useCommandConfirmation(): (
  command: DeliveryCommand,
  delivery: ConfirmedDelivery,
) => Promise<Confirmation | null> {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const cache = useQueryClient()
  return async (command, delivery) => {
    switch (command) {
      case 'pause':
      case 'resume':
        return null
      case 'start':
      case 'schedule':
        return sendConfirmation(command, delivery, await countReached(cache, command, delivery), t, format)
      case 'retry':
        return retryConfirmation(delivery, t, format)
      case 'cancel':
        return cancelConfirmation(delivery, t)
      case 'delete':
        return deleteConfirmation(delivery, t)
    }
  }
}

interface ReachCount {
  readonly reached: number
  /** Clients whose local hours do not come before the delivery ends. */
  readonly unreachable: number
}

/**
 * Counts again what the cache may hold, because the user confirms these numbers. `start` does not wait for `startsAt`.
 */
async function countReached(
  cache: QueryClient,
  command: SendCommand,
  { filter, window, startsAt, endsAt }: ConfirmedDelivery,
): Promise<ReachCount> {
  // The engine refuses an end that has passed, regardless of the window.
  if (window === null || Date.parse(endsAt) <= Date.now()) {
    const options = orpc.deliveries.audience.queryOptions({ input: { filter } })
    return { reached: (await cache.fetchQuery({ ...options, staleTime: 0 })).clients, unreachable: 0 }
  }
  const input = { filter, window, endsAt, ...(command === 'start' ? {} : { startsAt }) }
  const options = orpc.deliveries.reach.queryOptions({ input })
  const { clients, unreachable } = await cache.fetchQuery({ ...options, staleTime: 0 })
  return { reached: clients - unreachable, unreachable }
}

function sendConfirmation(
  command: SendCommand,
  { name, startsAt, endsAt }: ConfirmedDelivery,
  { reached, unreachable }: ReachCount,
  t: Translate,
  format: Format,
): Confirmation {
  const title = t(`confirm.${command}.title`, { name })
  const until = t('confirm.start.until', { end: format.moment(endsAt) })
  if (reached === 0 && unreachable > 0) {
    return {
      title,
      consequence: [t('composer.reach.nobody'), t('composer.reach.nobodyText'), until],
      action: t(`composer.submit.${command}AllTheSame`),
      danger: true,
    }
  }
  if (command === 'start' && reached === 0) return { title, consequence: t('confirm.start.nobody') }
  const action = reached === 0 ? t('action.schedule') : t(`composer.submit.${command}Confirm`, { count: reached })
  const recipients =
    command === 'start'
      ? t('confirm.start.text', { count: reached })
      : t('confirm.schedule.text', { count: reached, start: format.moment(startsAt) })
  const leftOut = unreachable === 0 ? [] : [t('composer.reach.some', { count: unreachable })]
  return { title, consequence: [recipients, ...leftOut, until], action }
}

function retryConfirmation({ name, status, endsAt, messages }: ConfirmedDelivery, t: Translate, format: Format) {
  const count = messages.byStatus.failed
  return {
    title: t('confirm.retry.title', { name }),
    consequence: [
      t('confirm.retry.text', { count }),
      t(`confirm.requeued.${afterRequeue(status)}`, { end: format.moment(endsAt) }),
      t('confirm.retry.nobodyElse'),
    ],
    action: t('confirm.retry.action', { count }),
  }
}

function cancelConfirmation({ name, messages: { total, byStatus } }: ConfirmedDelivery, t: Translate): Confirmation {
  const started = [
    ...(byStatus.queued === 0 ? [] : [t('confirm.cancel.sending', { count: byStatus.queued })]),
    // A request in flight is not aborted: what the gateway accepts still counts as sent.
    ...(byStatus.sending === 0 ? [] : [t('confirm.cancel.underWay', { count: byStatus.sending })]),
    t('confirm.cancel.sent', { count: byStatus.sent }),
  ]
  return {
    title: t('confirm.cancel.title', { name }),
    consequence: [...(total === 0 ? [t('confirm.cancel.notStarted')] : started), t('confirm.cancel.final')],
    action: t('action.cancel'),
    danger: true,
  }
}

function deleteConfirmation({ name, messages: { total, byStatus } }: ConfirmedDelivery, t: Translate): Confirmation {
  const unsent = byStatus.queued + byStatus.sending
  return {
    title: t('confirm.delete.title', { name }),
    consequence: [
      ...(unsent === 0 ? [] : [t('confirm.delete.unsent', { count: unsent })]),
      total === 0 ? t('confirm.delete.empty') : t('confirm.delete.messages', { count: total }),
      t('confirm.delete.final'),
    ],
    action: t('action.delete'),
    danger: true,
  }
}
