import { Anchor, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DoNotContactEntry } from '#shared/contract/do-not-contact.ts'
import { formatPhone } from '#shared/domain/phone.ts'
import { orpc } from '../../api/queries.ts'
import { useConfirm } from '../../components/confirm.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { showDone } from '../../components/notice.ts'
import type { TableColumn } from '../../components/table/table-props.ts'
import { ShortTime } from '../../components/time.tsx'
import { showUndoable } from '../../components/undo-notice.tsx'

/** The columns of the do-not-contact list, with a button to remove a phone. */
export function usePhoneColumns(): readonly TableColumn<DoNotContactEntry>[] {
  const { t } = useTranslation('do-not-contact')
  const { remove, removing } = useRemoval()
  return [
    {
      key: 'phone',
      title: t('fields.phone'),
      width: '12rem',
      cell: ({ phone }) => formatPhone(phone),
    },
    {
      key: 'client',
      title: t('fields.client'),
      width: 'minmax(12rem, 1fr)',
      cell: (entry) => <Owner entry={entry} />,
    },
    {
      key: 'addedAt',
      title: t('fields.addedAt'),
      width: '11rem',
      cell: ({ addedAt }) => <ShortTime at={addedAt} />,
    },
    {
      key: 'actions',
      title: t('remove.action'),
      titleHidden: true,
      width: '3.5rem',
      align: 'end',
      cell: ({ phone }) => (
        <IconButton
          icon={IconX}
          color="gray"
          tooltip={t('remove.action')}
          label={t('remove.label', { phone: formatPhone(phone) })}
          loading={removing === phone}
          onClick={() => void remove(phone)}
        />
      ),
    },
  ]
}

/** Removes a phone from the list after a confirmation. */
function useRemoval(): { remove(phone: string): Promise<void>; readonly removing: string | null } {
  const { t } = useTranslation('do-not-contact')
  const cache = useQueryClient()
  const confirm = useConfirm()
  const restore = useMutation(
    orpc.clients.optOut.mutationOptions({
      onSuccess: (_, { phones }) => showDone(t('remove.undone', { phone: formatPhone(String(phones)) })),
      onSettled: () => cache.invalidateQueries({ queryKey: orpc.doNotContact.key() }),
    }),
  )
  const removal = useMutation(
    orpc.doNotContact.remove.mutationOptions({
      onSuccess(_, { phone }) {
        const putBack = () => restore.mutate({ phones: String(phone) })
        showUndoable(t('remove.done', { phone: formatPhone(String(phone)) }), putBack)
      },
      onSettled: () => cache.invalidateQueries({ queryKey: orpc.doNotContact.key() }),
    }),
  )
  return {
    async remove(phone) {
      const sure = await confirm({
        title: t('remove.title', { phone: formatPhone(phone) }),
        consequence: t('remove.consequence'),
        action: t('remove.action'),
        danger: true,
      })
      if (sure) removal.mutate({ phone })
    },
    removing: removal.isPending ? String(removal.variables.phone) : null,
  }
}

/** The client with the phone, if there is one. */
function Owner({ entry: { phone, clientId, name } }: { readonly entry: DoNotContactEntry }) {
  const { t } = useTranslation('do-not-contact')
  if (clientId === null) {
    return (
      <Text span size="sm" c="dimmed">
        {t('stranger')}
      </Text>
    )
  }
  return (
    <Anchor component={Link} to={{ pathname: '/clients', search: `search=${phone}` }} size="sm">
      {name || t('unnamed')}
    </Anchor>
  )
}
