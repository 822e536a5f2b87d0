import { Anchor, Drawer } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Fragment, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Client } from '#shared/contract/clients.ts'
import { formatPhone } from '#shared/domain/phone.ts'
import { orpc } from '../../api/queries.ts'
import { useConfirm, useIsConfirming } from '../../components/confirm.tsx'
import { showDone } from '../../components/notice.ts'
import { ClientForm } from './client-form.tsx'
import { ClientHistory, ClientRequests } from './client-history.tsx'

interface ClientDrawerProps {
  /** `new` adds a client; null closes the drawer. */
  readonly client: Client | 'new' | null
  /** Whether the screen already shows the client's history. */
  readonly isBrief?: boolean
  onClose(): void
  onDeleted?(): void
}

/** Adds, changes or deletes a client without leaving the list. */
export function ClientDrawer({ client, isBrief = false, onClose, onDeleted }: ClientDrawerProps) {
  const { t } = useTranslation('clients')
  const cache = useQueryClient()
  const confirm = useConfirm()
  const isConfirming = useIsConfirming()
  const mayLeave = useRef(false)
  const refetch = () => cache.invalidateQueries({ queryKey: orpc.clients.key() })
  const remove = useMutation(
    orpc.clients.delete.mutationOptions({
      onSuccess() {
        mayLeave.current = true
        showDone(t('deleted'))
        onClose()
        onDeleted?.()
        return refetch()
      },
    }),
  )

  async function confirmAndDelete(target: Client) {
    const confirmed = await confirm({
      title: t('delete.title', { phone: formatPhone(target.phone) }),
      consequence: t('delete.consequence'),
      action: t('delete.action'),
      danger: true,
    })
    if (confirmed) remove.mutate({ id: target.id })
  }

  // The content stays while the drawer slides out.
  const [shown, setShown] = useState(client)
  if (client !== null && client !== shown) setShown(client)
  const existing = shown === 'new' ? null : shown
  const isBeingDeleted = existing !== null && remove.variables?.id === existing.id && !remove.isError
  return (
    <Drawer
      opened={client !== null}
      onClose={onClose}
      closeOnEscape={!isConfirming}
      position="right"
      size="28rem"
      title={existing === null ? t('form.newTitle') : formatPhone(existing.phone)}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      {shown === null ? null : (
        <ClientForm
          key={existing?.id ?? 'new'}
          client={existing}
          onSaved={(saved) => {
            showDone(t(existing !== null ? 'saved' : saved.optedOutAt === null ? 'added' : 'addedListed'))
            onClose()
            void refetch()
          }}
          mayLeave={mayLeave}
          onDelete={existing === null ? undefined : () => void confirmAndDelete(existing)}
          deleting={remove.isPending}
        />
      )}
      {existing === null || isBrief ? null : (
        <Fragment key={existing.id}>
          <Anchor component={Link} to={`/clients/${existing.id}`} size="sm">
            {t('page.open')}
          </Anchor>
          <ClientHistory clientId={existing.id} isBeingDeleted={isBeingDeleted} />
          <ClientRequests clientId={existing.id} isBeingDeleted={isBeingDeleted} />
        </Fragment>
      )}
    </Drawer>
  )
}
