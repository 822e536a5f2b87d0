import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { nameFrom } from '#shared/domain/delivery-name.ts'
import { client } from '../../../api/client.ts'
import { describeError } from '../../../api/errors.ts'
import { orpc } from '../../../api/queries.ts'
import { useConfirm } from '../../../components/confirm.tsx'
import { showDone, showProblem } from '../../../components/notice.ts'
import { useCommandConfirmation } from '../command-confirmations.ts'
import { type ComposerValues, scheduleOf, toInput, toPatch, windowOf } from './composer-values.ts'

/** What a button of the composer does. */
export type SaveAction = 'draft' | 'changes' | 'start' | 'schedule'

const noResults = {
  total: 0,
  byStatus: { queued: 0, sending: 0, sent: 0, failed: 0, expired: 0, cancelled: 0, uncertain: 0 },
}

/** Saves the composer's values, after a confirmation if clients would be messaged. */
export function useSaveDelivery(before: Delivery | null, onError: (error: unknown) => boolean) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const cache = useQueryClient()
  const confirm = useConfirm()
  const confirmationOf = useCommandConfirmation()
  const [pending, setPending] = useState<SaveAction | null>(null)

  async function isConfirmed(values: ComposerValues, action: 'start' | 'schedule'): Promise<boolean> {
    const schedule = scheduleOf(values, new Date())
    if (schedule === null) return false
    const confirmation = await confirmationOf(action, {
      id: before?.id ?? 0,
      status: before?.status ?? 'draft',
      name: values.name.trim() === '' ? nameFrom(values.text) : values.name.trim(),
      filter: values.filter,
      startsAt: schedule.startsAt.toISOString(),
      endsAt: schedule.endsAt.toISOString(),
      window: windowOf(values),
      messages: noResults,
    })
    return confirmation === null || confirm(confirmation)
  }

  async function write(values: ComposerValues, action: SaveAction): Promise<Delivery> {
    if (before === null) return client.deliveries.create(toInput(values, action === 'draft'))
    const scope = before.startedAt === null ? 'everything' : 'some'
    const changed = await client.deliveries.update({ id: before.id, ...toPatch(values, scope, new Date()) })
    // A scheduled delivery starts automatically, because its start is now.
    if (action === 'start' && before.status === 'draft') return client.deliveries.start({ id: before.id })
    if (action === 'schedule') return client.deliveries.schedule({ id: before.id })
    return changed
  }

  /** Returns the saved delivery; null if the user cancelled or the engine refused. */
  async function save(values: ComposerValues, action: SaveAction): Promise<Delivery | null> {
    setPending(action)
    try {
      if ((action === 'start' || action === 'schedule') && !(await isConfirmed(values, action))) return null
      const saved = await write(values, action)
      cache.setQueryData(orpc.deliveries.get.queryKey({ input: { id: saved.id } }), saved)
      void cache.invalidateQueries({ queryKey: orpc.deliveries.list.key() })
      void cache.invalidateQueries({ queryKey: orpc.statistics.key() })
      showDone(doneMessage(action, saved.name))
      return saved
    } catch (error) {
      if (!onError(error)) showProblem(describeError(error, shell))
      return null
    } finally {
      setPending(null)
    }
  }

  function doneMessage(action: SaveAction, name: string): string {
    switch (action) {
      case 'draft':
        return t('done.draft')
      case 'changes':
        return t('done.saved')
      case 'start':
      case 'schedule':
        return t(`done.${action}`, { name })
    }
  }

  return { save, pending }
}
