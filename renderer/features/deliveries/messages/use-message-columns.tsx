import { Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '#shared/contract/messages.ts'
import { errorDetail } from '../../../components/error-detail.ts'
import { type Format, useFormat } from '../../../components/format.ts'
import { MessageStatusBadge } from '../../../components/status.tsx'
import type { TableColumn } from '../../../components/table/table-props.ts'
import { RelativeTime, ShortTime, useNow } from '../../../components/time.tsx'

/** The columns of the message table. */
export function useMessageColumns(): readonly TableColumn<Message>[] {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const now = useNow()
  return useMemo(() => messageColumns(t, format, now), [t, format, now])
}

function messageColumns(t: TFunction<'messages'>, format: Format, now: number): readonly TableColumn<Message>[] {
  const nothing = (
    <Text span size="sm" c="dimmed">
      —
    </Text>
  )
  return [
    { key: 'id', title: t('columns.id'), width: '5.5rem', cell: ({ id }) => id },
    { key: 'phone', title: t('columns.phone'), width: '10.5rem', cell: ({ phone }) => format.phone(phone) },
    {
      key: 'status',
      title: t('columns.status'),
      width: '9.75rem',
      cell: ({ status }) => <MessageStatusBadge status={status} />,
    },
    {
      key: 'attempts',
      title: t('columns.attempts'),
      width: '5.5rem',
      align: 'end',
      cell: ({ attempts }) => format.number(attempts),
    },
    {
      key: 'nextAttemptAt',
      title: t('columns.nextAttemptAt'),
      width: '9.5rem',
      // An overdue message waits for its turn or for a paused delivery, no longer for this moment.
      cell: ({ status, nextAttemptAt }) =>
        status === 'queued' && nextAttemptAt !== null && Date.parse(nextAttemptAt) > now ? (
          <RelativeTime at={nextAttemptAt} />
        ) : (
          nothing
        ),
    },
    {
      key: 'sentAt',
      title: t('columns.sentAt'),
      width: '9.5rem',
      cell: ({ sentAt }) => (sentAt === null ? nothing : <ShortTime at={sentAt} />),
    },
    {
      key: 'lastError',
      title: t('columns.lastError'),
      width: 'minmax(11rem, 1fr)',
      cell: ({ lastError }) => (lastError === null ? nothing : <ErrorWords error={lastError} />),
    },
  ]
}

function ErrorWords({ error }: { readonly error: NonNullable<Message['lastError']> }) {
  const { t } = useTranslation('messages')
  const { t: shell } = useTranslation('shell')
  const detail = errorDetail(error, shell)
  return (
    <span title={detail}>
      {t(`error.${error.code}`)}{' '}
      <Text span size="sm" c="dimmed">
        {detail}
      </Text>
    </span>
  )
}
