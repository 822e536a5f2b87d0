import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '#shared/contract/backups.ts'
import { client } from '../../../api/client.ts'
import { describeError } from '../../../api/errors.ts'
import { orpc } from '../../../api/queries.ts'
import { useConfirm } from '../../../components/confirm.tsx'
import { useFormat } from '../../../components/format.ts'
import {
  deferNotice,
  dropDeferredNotice,
  showDeferredNotice,
  showDone,
  showProblem,
} from '../../../components/notice.ts'

/** Restores a backup after a check and a confirmation, or deletes one. `busy` is the name of the backup in progress. */
export function useBackupActions() {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const confirm = useConfirm()
  const cache = useQueryClient()
  const [busy, setBusy] = useState<string | null>(null)

  async function attempt(name: string, work: () => Promise<void>): Promise<void> {
    setBusy(name)
    try {
      await work()
    } catch (error) {
      showProblem(describeError(error, shell))
    } finally {
      setBusy(null)
      void cache.invalidateQueries({ queryKey: orpc.backups.key() })
    }
  }

  return {
    busy,
    restore: ({ name, at }: Backup) =>
      attempt(name, async () => {
        const { clients, deliveries, messages } = await client.backups.check({ name })
        const moment = format.moment(at)
        const confirmed = await confirm({
          title: t('backups.restore.title', { moment }),
          consequence: t('backups.restore.consequence', {
            clients: t('backups.restore.clients', { count: clients }),
            deliveries: t('backups.restore.deliveries', { count: deliveries }),
            messages: t('backups.restore.messages', { count: messages }),
          }),
          action: t('backups.restore.action'),
          cancel: t('backups.restore.leave'),
          danger: true,
        })
        if (!confirmed) return
        deferNotice(t('backups.restore.done', { moment }))
        try {
          await client.backups.restore({ name })
        } catch (error) {
          dropDeferredNotice()
          throw error
        }
        // On the desktop the window restarts with the program and shows the notice then.
        if (window.heraldDesktop === undefined) showDeferredNotice()
      }),
    remove: ({ name, at }: Backup) =>
      attempt(name, async () => {
        const moment = format.moment(at)
        const confirmed = await confirm({
          title: t('backups.delete.title', { moment }),
          consequence: t('backups.delete.consequence'),
          action: t('backups.delete.button'),
          danger: true,
        })
        if (!confirmed) return
        await client.backups.delete({ name })
        showDone(t('backups.delete.done', { moment }))
      }),
  }
}
