import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { afterRequeue } from '#shared/domain/retry-and-resolve.ts'
import type { DeliveryAction } from '#shared/domain/states.ts'
import { orpc } from '../../api/queries.ts'
import type { Question } from '../../components/confirm.tsx'
import { useFormat } from '../../components/format.ts'
import { paragraphs } from './paragraphs.tsx'

/** Everything that can be done to a delivery as a whole. */
export type DeliveryCommand = DeliveryAction | 'retry' | 'delete'

/** What every question about a delivery needs to know of it. */
export type Commanded = Pick<
  Delivery,
  'id' | 'name' | 'status' | 'filter' | 'startsAt' | 'endsAt' | 'window' | 'messages'
>

/** What to ask before a command, or null where it can be taken back as easily as it was given. */
export function useQuestions(): (command: DeliveryCommand, delivery: Commanded) => Promise<Question | null> {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const cache = useQueryClient()

  /**
   * Counted anew: the numbers in the question are those that the operator answers for. Whom the hours leave out will get
   * nothing. `start` does not wait for `startsAt`.
   */
  async function countReached(command: 'start' | 'schedule', { filter, window, startsAt, endsAt }: Commanded) {
    // An end that has passed is refused anyway.
    if (window === null || Date.parse(endsAt) <= Date.now()) {
      const options = orpc.deliveries.audience.queryOptions({ input: { filter } })
      return { reached: (await cache.fetchQuery({ ...options, staleTime: 0 })).clients, unreachable: 0 }
    }
    const input = { filter, window, endsAt, ...(command === 'start' ? {} : { startsAt }) }
    const options = orpc.deliveries.reach.queryOptions({ input })
    const { clients, unreachable } = await cache.fetchQuery({ ...options, staleTime: 0 })
    return { reached: clients - unreachable, unreachable }
  }

  /** Asks about a delivery that reaches nobody: that is what the operator must not overlook. */
  function questionOfNobody(command: 'start' | 'schedule', { name, endsAt }: Commanded): Question {
    return {
      title: t(`confirm.${command}.title`, { name }),
      consequence: paragraphs(
        t('composer.reach.nobody'),
        t('composer.reach.nobodyText'),
        t('confirm.start.until', { end: format.moment(endsAt) }),
      ),
      action: t(`composer.submit.${command}AllTheSame`),
      danger: true,
    }
  }

  const leftOut = (count: number): string[] => (count === 0 ? [] : [t('composer.reach.some', { count })])

  return async (command, delivery) => {
    const { name } = delivery
    const { total, byStatus } = delivery.messages
    const unsent = byStatus.queued + byStatus.sending
    switch (command) {
      case 'pause':
      case 'resume':
        return null
      case 'start': {
        const { reached, unreachable } = await countReached(command, delivery)
        if (reached === 0 && unreachable > 0) return questionOfNobody(command, delivery)
        return {
          title: t('confirm.start.title', { name }),
          consequence:
            reached === 0
              ? t('confirm.start.nobody')
              : paragraphs(
                  t('confirm.start.text', { count: reached }),
                  ...leftOut(unreachable),
                  t('confirm.start.until', { end: format.moment(delivery.endsAt) }),
                ),
          action: t('composer.submit.startConfirm', { count: reached }),
        }
      }
      case 'schedule': {
        const { reached, unreachable } = await countReached(command, delivery)
        if (reached === 0 && unreachable > 0) return questionOfNobody(command, delivery)
        return {
          title: t('confirm.schedule.title', { name }),
          consequence: paragraphs(
            t('confirm.schedule.text', { count: reached, start: format.moment(delivery.startsAt) }),
            ...leftOut(unreachable),
            t('confirm.start.until', { end: format.moment(delivery.endsAt) }),
          ),
          action: t('composer.submit.scheduleConfirm', { count: reached }),
        }
      }
      case 'retry': {
        const count = byStatus.failed
        return {
          title: t('confirm.retry.title', { name }),
          consequence: paragraphs(
            t('confirm.retry.text', { count }),
            t(`confirm.requeued.${afterRequeue(delivery.status)}`, { end: format.moment(delivery.endsAt) }),
            t('confirm.retry.nobodyElse'),
          ),
          action: t('confirm.retry.action', { count }),
        }
      }
      case 'cancel':
        return {
          title: t('confirm.cancel.title', { name }),
          consequence:
            total === 0
              ? paragraphs(t('confirm.cancel.notStarted'), t('confirm.cancel.final'))
              : paragraphs(
                  ...(byStatus.queued === 0 ? [] : [t('confirm.cancel.sending', { count: byStatus.queued })]),
                  // A request that has begun is let come to its end: what the gateway accepts then counts as sent.
                  ...(byStatus.sending === 0 ? [] : [t('confirm.cancel.underWay', { count: byStatus.sending })]),
                  t('confirm.cancel.sent', { count: byStatus.sent }),
                  t('confirm.cancel.final'),
                ),
          action: t('action.cancel'),
          danger: true,
        }
      case 'delete':
        return {
          title: t('confirm.delete.title', { name }),
          consequence: paragraphs(
            ...(unsent === 0 ? [] : [t('confirm.delete.unsent', { count: unsent })]),
            total === 0 ? t('confirm.delete.empty') : t('confirm.delete.messages', { count: total }),
            t('confirm.delete.final'),
          ),
          action: t('action.delete'),
          danger: true,
        }
    }
  }
}
