import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { describeError } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { useConfirm } from '../../components/confirm.tsx'
import { showDone, showProblem } from '../../components/notice.ts'
import { type ConfirmedDelivery, type DeliveryCommand, useCommandConfirmation } from './command-confirmations.ts'

/** Confirms a command if it cannot be undone, runs it and reports it. Resolves to whether it was done. */
export function useDeliveryCommands() {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const cache = useQueryClient()
  const confirm = useConfirm()
  const confirmationOf = useCommandConfirmation()
  const mutation = useMutation({
    mutationFn: async ({ command, id }: { readonly command: DeliveryCommand; readonly id: number }) => {
      if (command === 'delete') await client.deliveries.delete({ id })
      else {
        const changed = command === 'retry' ? client.deliveries.retry({ id }) : client.deliveries[command]({ id })
        cache.setQueryData(orpc.deliveries.get.queryKey({ input: { id } }), await changed)
      }
    },
    // Not awaited: the command is done, however long the refetch takes.
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: orpc.deliveries.list.key() })
      void cache.invalidateQueries({ queryKey: orpc.statistics.key() })
      void cache.invalidateQueries({ queryKey: orpc.deliveries.activity.key() })
    },
  })

  async function run(command: DeliveryCommand, delivery: ConfirmedDelivery): Promise<boolean> {
    try {
      const confirmation = await confirmationOf(command, delivery)
      if (confirmation !== null && !(await confirm(confirmation))) return false
    } catch (error) {
      showProblem(describeError(error, shell))
      return false
    }
    try {
      await mutation.mutateAsync({ command, id: delivery.id })
    } catch {
      // The mutation cache has already shown the error.
      return false
    }
    showDone(t(`done.${command}`, { name: delivery.name, count: delivery.messages.byStatus.failed }))
    return true
  }

  return { run, pending: mutation.isPending ? mutation.variables.command : null }
}
