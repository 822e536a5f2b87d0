import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { afterRequeue, type Resolution, type ResolveOptions } from '#shared/domain/retry-and-resolve.ts'
import { client } from '../../../api/client.ts'
import { orpc } from '../../../api/queries.ts'
import { type Confirmation, useConfirm } from '../../../components/confirm.tsx'
import { useFormat } from '../../../components/format.ts'
import { showDone } from '../../../components/notice.ts'

/** The messages whose fate the operator tells: all uncertain ones of a delivery, or one of them. */
export interface Uncertain {
  readonly delivery: Pick<Delivery, 'id' | 'status' | 'endsAt'>
  readonly messageId?: number
  readonly count: number
  readonly settling: ResolveOptions
}

/** Asks, writes down what became of uncertain messages, and says that it is done. */
export function useSettling(uncertain: Uncertain) {
  const { delivery, messageId, count } = uncertain
  const { t } = useTranslation('deliveries')
  const cache = useQueryClient()
  const confirm = useConfirm()
  const question = useSettlingQuestion()
  const mutation = useMutation({
    mutationFn: async (resolution: Resolution) => {
      const { id } = delivery
      if (messageId === undefined) {
        const settled = await client.deliveries.resolveUncertain({ id, as: resolution })
        cache.setQueryData(orpc.deliveries.get.queryKey({ input: { id } }), settled)
      } else {
        const settled = await client.messages.resolve({ id: messageId, as: resolution })
        const key = orpc.messages.get.queryKey({ input: { id: messageId } })
        cache.setQueryData(key, (old) => (old === undefined ? old : { ...old, ...settled }))
      }
    },
    // What the engine tells brings everything else up to date; after a refusal it may have nothing to tell.
    onError: () => void cache.invalidateQueries({ queryKey: orpc.deliveries.get.key() }),
  })

  async function settle(resolution: Resolution): Promise<void> {
    if (!(await confirm(question(resolution, uncertain)))) return
    try {
      await mutation.mutateAsync(resolution)
    } catch {
      // The mutation cache has told the operator already.
      return
    }
    showDone(t(`settling.done.${resolution}`, { count }))
  }

  return { settle, underWay: mutation.isPending ? mutation.variables : null }
}

/** What to ask before so many messages are settled. */
function useSettlingQuestion() {
  const { t } = useTranslation('deliveries')
  const format = useFormat()

  function consequence(resolution: Resolution, { delivery, settling }: Uncertain): readonly string[] {
    switch (resolution) {
      case 'sent':
        return [t('settling.question.sent.text')]
      case 'resend':
        return [
          t('settling.question.resend.text'),
          t('settling.question.resend.twice'),
          t(`confirm.requeued.${afterRequeue(delivery.status)}`, { end: format.moment(delivery.endsAt) }),
        ]
      case 'failed':
        return [t(`settling.question.failed.${settling.blocker === null ? 'text' : 'forGood'}`)]
    }
  }

  return (resolution: Resolution, uncertain: Uncertain): Confirmation => ({
    title: t(`settling.question.${resolution}.title`, { count: uncertain.count }),
    consequence: consequence(resolution, uncertain),
    action: t(`settling.question.${resolution}.action`, { count: uncertain.count }),
  })
}
