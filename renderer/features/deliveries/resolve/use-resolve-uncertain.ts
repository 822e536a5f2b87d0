import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { afterRequeue, type Resolution, type ResolveOptions } from '#shared/domain/retry-and-resolve.ts'
import { client } from '../../../api/client.ts'
import { orpc } from '../../../api/queries.ts'
import { type Confirmation, useConfirm } from '../../../components/confirm.tsx'
import { useFormat } from '../../../components/format.ts'
import { showDone } from '../../../components/notice.ts'

/** The uncertain messages that the user resolves: all of a delivery, or one of them. */
export interface Uncertain {
  readonly delivery: Pick<Delivery, 'id' | 'status' | 'endsAt'>
  readonly messageId?: number
  readonly count: number
  readonly resolveOptions: ResolveOptions
}

/**
 * Confirms and records what happened to uncertain messages, then reports it. `pending` is the resolution in progress.
 */
export function useResolveUncertain(uncertain: Uncertain) {
  const { delivery, messageId, count } = uncertain
  const { t } = useTranslation('deliveries')
  const cache = useQueryClient()
  const confirm = useConfirm()
  const confirmationOf = useResolveConfirmation()
  const mutation = useMutation({
    mutationFn: async (resolution: Resolution) => {
      const { id } = delivery
      if (messageId === undefined) {
        const changed = await client.deliveries.resolveUncertain({ id, as: resolution })
        cache.setQueryData(orpc.deliveries.get.queryKey({ input: { id } }), changed)
      } else {
        const changed = await client.messages.resolve({ id: messageId, as: resolution })
        const key = orpc.messages.get.queryKey({ input: { id: messageId } })
        cache.setQueryData(key, (old) => (old === undefined ? old : { ...old, ...changed }))
      }
    },
    // After a success, events refresh everything else; after a refusal there may be no event.
    onError: () => void cache.invalidateQueries({ queryKey: orpc.deliveries.get.key() }),
  })

  async function resolve(resolution: Resolution): Promise<void> {
    if (!(await confirm(confirmationOf(resolution, uncertain)))) return
    try {
      await mutation.mutateAsync(resolution)
    } catch {
      // The mutation cache has already shown the error.
      return
    }
    showDone(t(`settling.done.${resolution}`, { count }))
  }

  return { resolve, pending: mutation.isPending ? mutation.variables : null }
}

function useResolveConfirmation() {
  const { t } = useTranslation('deliveries')
  const format = useFormat()

  function consequence(resolution: Resolution, { delivery, resolveOptions }: Uncertain): readonly string[] {
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
        return [t(`settling.question.failed.${resolveOptions.blocker === null ? 'text' : 'forGood'}`)]
    }
  }

  return (resolution: Resolution, uncertain: Uncertain): Confirmation => ({
    title: t(`settling.question.${resolution}.title`, { count: uncertain.count }),
    consequence: consequence(resolution, uncertain),
    action: t(`settling.question.${resolution}.action`, { count: uncertain.count }),
  })
}
