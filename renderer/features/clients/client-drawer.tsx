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
  const reread = () => cache.invalidateQueries({ queryKey: orpc.clients.key() })
  const remove = useMutation(
    orpc.clients.delete.mutationOptions({
      onSuccess() {
        mayLeave.current = true
        showDone(t('deleted'))
        onClose()
        onDeleted?.()
        return reread()
      },
    }),
  )

  async function askAndDelete(doomed: Client) {
    const sure = await confirm({
      title: t('delete.title', { phone: formatPhone(doomed.phone) }),
      consequence: t('delete.consequence'),
      action: t('delete.action'),
      danger: true,
    })
    if (sure) remove.mutate({ id: doomed.id })
  }

  // The content stays while the drawer slides out.
  const [shown, setShown] = useState(client)
  if (client !== null && client !== shown) setShown(client)
  const known = shown === 'new' ? null : shown
  const isLeaving = known !== null && remove.variables?.id === known.id && !remove.isError
  return (
    <Drawer
      opened={client !== null}
      onClose={onClose}
      closeOnEscape={!isConfirming}
      position="right"
      size="28rem"
      title={known === null ? t('form.newTitle') : formatPhone(known.phone)}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      {shown === null ? null : (
        <ClientForm
          key={known?.id ?? 'new'}
          client={known}
          onSaved={(saved) => {
            showDone(t(known !== null ? 'saved' : saved.optedOutAt === null ? 'added' : 'addedListed'))
            onClose()
            void reread()
          }}
          mayLeave={mayLeave}
          onDelete={known === null ? undefined : () => void askAndDelete(known)}
          deleting={remove.isPending}
        />
      )}
      {known === null || isBrief ? null : (
        <Fragment key={known.id}>
          <Anchor component={Link} to={`/clients/${known.id}`} size="sm">
            {t('page.open')}
          </Anchor>
          <ClientHistory clientId={known.id} isLeaving={isLeaving} />
          <ClientRequests clientId={known.id} isLeaving={isLeaving} />
        </Fragment>
      )}
    </Drawer>
  )
}
