import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Message } from '#shared/contract/messages.ts'
import { useFormat } from '../../../components/format.ts'
import { MessageStatusBadge } from '../../../components/status.tsx'
import { RelativeTime, useNow } from '../../../components/time.tsx'
import type { Column } from '../../../components/virtual-table.tsx'

/** The columns of the list of messages. */
export function useMessageColumns(): readonly Column<Message>[] {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const now = useNow()
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
      width: '9rem',
      // One that is overdue waits for its turn, or for a paused delivery to go on, and no longer for this moment.
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
      width: '12rem',
      cell: ({ sentAt }) =>
        sentAt === null ? nothing : <span title={format.exactMoment(sentAt)}>{format.moment(sentAt)}</span>,
    },
    {
      key: 'lastError',
      title: t('columns.lastError'),
      width: 'minmax(11rem, 1fr)',
      cell: ({ lastError }) =>
        lastError === null ? (
          nothing
        ) : (
          <span title={lastError.detail}>
            {t(`error.${lastError.code}`)}
            {lastError.detail === '' ? null : (
              <Text span size="sm" c="dimmed">
                {' '}
                {lastError.detail}
              </Text>
            )}
          </span>
        ),
    },
  ]
}
