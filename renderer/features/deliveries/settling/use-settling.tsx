import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { afterRequeue, barOf, type Resolution } from '#shared/domain/second-chances.ts'
import { client } from '../../../api/client.ts'
import { orpc } from '../../../api/queries.ts'
import { type Question, useConfirm } from '../../../components/confirm.tsx'
import { useFormat } from '../../../components/format.ts'
import { showDone } from '../../../components/notice.ts'
import { useNow } from '../../../components/time.tsx'
import { paragraphs } from '../paragraphs.tsx'

/** The messages whose fate the operator tells: all uncertain ones of a delivery, or one of them. */
export interface Uncertain {
  readonly delivery: Pick<Delivery, 'id' | 'status' | 'endsAt'>
  readonly messageId?: number
  readonly count: number
}

/** Asks, writes down what became of uncertain messages, and says that it is done. */
export function useSettling({ delivery, messageId, count }: Uncertain) {
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
    if (!(await confirm(question(resolution, delivery, count)))) return
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
  const now = useNow()

  function consequence(resolution: Resolution, { status, endsAt }: Uncertain['delivery']): readonly string[] {
    switch (resolution) {
      case 'sent':
        return [t('settling.question.sent.text')]
      case 'resend':
        return [
          t('settling.question.resend.text'),
          t('settling.question.resend.twice'),
          t(`confirm.requeued.${afterRequeue(status)}`, { end: format.moment(endsAt) }),
        ]
      case 'failed': {
        const isOver = barOf({ status, endsAt: Date.parse(endsAt) }, now) !== null
        return [t(isOver ? 'settling.question.failed.forGood' : 'settling.question.failed.text')]
      }
    }
  }

  return (resolution: Resolution, delivery: Uncertain['delivery'], count: number): Question => ({
    title: t(`settling.question.${resolution}.title`, { count }),
    consequence: paragraphs(...consequence(resolution, delivery)),
    action: t(`settling.question.${resolution}.action`, { count }),
  })
}
