import { Anchor, Drawer, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Message } from '#shared/contract/messages.ts'
import { orpc } from '../../../api/queries.ts'
import { useIsConfirming } from '../../../components/confirm.tsx'
import { useFormat } from '../../../components/format.ts'
import { QueryState } from '../../../components/states.tsx'
import { MessageStatusBadge } from '../../../components/status.tsx'
import classes from './message-drawer.module.css'
import { MessageHistory } from './message-history.tsx'
import { UncertainMessage } from './uncertain-message.tsx'

interface MessageDrawerProps {
  /** Null: closed. */
  readonly id: number | null
  /** The same message from the table, which receives updates. */
  readonly row: Message | undefined
  readonly onClose: () => void
}

/** One message and its history. */
export function MessageDrawer({ id, row, onClose }: MessageDrawerProps) {
  const { t } = useTranslation('messages')
  const { t: shell } = useTranslation('shell')
  const isConfirming = useIsConfirming()
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      closeOnEscape={!isConfirming}
      position="right"
      size={440}
      title={id === null ? '' : t('drawer.title', { id })}
      closeButtonProps={{ 'aria-label': shell('actions.close') }}
    >
      {id === null ? null : <MessageFacts id={id} row={row} />}
    </Drawer>
  )
}

function MessageFacts({ id, row }: { readonly id: number; readonly row: Message | undefined }) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const query = useQuery(orpc.messages.get.queryOptions({ input: { id } }))
  const { data, refetch } = query

  const hasChanged =
    row !== undefined &&
    data !== undefined &&
    (row.status !== data.status || row.attempts !== data.attempts || row.nextAttemptAt !== data.nextAttemptAt)
  useEffect(() => {
    if (hasChanged) void refetch()
  }, [hasChanged, refetch])

  if (data === undefined) {
    return <QueryState query={query} lines={6} />
  }
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('status')}</dt>
        <dd>
          <MessageStatusBadge status={data.status} />
          <Text size="xs" c="dimmed">
            {t(`statusMeaning.${data.status}`)}
          </Text>
        </dd>
        <dt>{t('drawer.phone')}</dt>
        <dd>{format.phone(data.phone)}</dd>
        <dt>{t('drawer.client')}</dt>
        <dd>{data.clientId === null ? t('drawer.clientDeleted') : <LinkToClient id={data.clientId} />}</dd>
        <dt>{t('drawer.created')}</dt>
        <dd>{format.exactMoment(data.createdAt)}</dd>
        {data.sentAt === null ? null : (
          <>
            <dt>{t('drawer.sentAt')}</dt>
            <dd>{format.exactMoment(data.sentAt)}</dd>
          </>
        )}
        {data.status !== 'queued' || data.nextAttemptAt === null ? null : (
          <>
            <dt>{t('drawer.nextAttempt')}</dt>
            <dd>{format.exactMoment(data.nextAttemptAt)}</dd>
          </>
        )}
        <dt>{t('drawer.attempts')}</dt>
        <dd>{format.number(data.attempts)}</dd>
      </dl>
      {data.status === 'uncertain' ? <UncertainMessage message={data} /> : null}
      <MessageHistory message={data} />
      <Text size="xs" c="dimmed" mt="lg">
        {t('drawer.gatewayId')}
      </Text>
    </>
  )
}

/** The client's name, or their number if they have none. */
function LinkToClient({ id }: { readonly id: number }) {
  const { t } = useTranslation('messages')
  const client = useQuery(orpc.clients.get.queryOptions({ input: { id } })).data
  return (
    <Anchor component={Link} to={`/clients/${id}`} inherit underline="always">
      {client?.name || t('drawer.clientNumber', { id })}
    </Anchor>
  )
}
