import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Delivery, Reach } from '#shared/contract/deliveries.ts'
import { afterRequeue } from '#shared/domain/second-chances.ts'
import type { DeliveryAction } from '#shared/domain/states.ts'
import { orpc } from '../../api/queries.ts'
import type { Question } from '../../components/confirm.tsx'
import { useFormat } from '../../components/format.ts'
import { reachedBy } from './composer/reach-words.ts'
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

  /** Counted anew: the number in the question is the one that the operator answers for. */
  async function countAudience({ filter }: Commanded): Promise<number> {
    const options = orpc.deliveries.audience.queryOptions({ input: { filter } })
    return (await cache.fetchQuery({ ...options, staleTime: 0 })).clients
  }

  /** Whom the hours let it reach, worked out anew as well; null where any hour will do. `start` does not wait for `startsAt`. */
  async function reachOf({ filter, window, startsAt, endsAt }: Commanded, command: 'start' | 'schedule') {
    // An end that has passed is refused anyway.
    if (window === null || Date.parse(endsAt) <= Date.now()) return null
    const input = { filter, window, endsAt, ...(command === 'start' ? {} : { startsAt }) }
    return cache.fetchQuery({ ...orpc.deliveries.reach.queryOptions({ input }), staleTime: 0 })
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

  const unreachable = (reach: Reach | null): string[] =>
    reach === null || reach.unreachable === 0 ? [] : [t('composer.reach.some', { count: reach.unreachable })]

  return async (command, delivery) => {
    const { name } = delivery
    const { total, byStatus } = delivery.messages
    const unsent = byStatus.queued + byStatus.sending
    switch (command) {
      case 'pause':
      case 'resume':
        return null
      case 'start': {
        const [count, reach] = await Promise.all([countAudience(delivery), reachOf(delivery, command)])
        if (reach !== null && reachedBy(reach) === 'nobody') return questionOfNobody(command, delivery)
        return {
          title: t('confirm.start.title', { name }),
          consequence:
            count === 0
              ? t('confirm.start.nobody')
              : paragraphs(
                  t('confirm.start.text', { count }),
                  ...unreachable(reach),
                  t('confirm.start.until', { end: format.moment(delivery.endsAt) }),
                ),
          action: t('composer.submit.startConfirm', { count }),
        }
      }
      case 'schedule': {
        const [count, reach] = await Promise.all([countAudience(delivery), reachOf(delivery, command)])
        if (reach !== null && reachedBy(reach) === 'nobody') return questionOfNobody(command, delivery)
        return {
          title: t('confirm.schedule.title', { name }),
          consequence: paragraphs(
            t('confirm.schedule.text', { count, start: format.moment(delivery.startsAt) }),
            ...unreachable(reach),
            t('confirm.start.until', { end: format.moment(delivery.endsAt) }),
          ),
          action: t('composer.submit.scheduleConfirm', { count }),
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
