import { Anchor, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { useFormat } from '../../components/format.ts'
import { MessageBar } from '../../components/message-bar.tsx'
import { shareDone } from '../../components/pace-figures.ts'
import { DeliveryStatusBadge } from '../../components/status.tsx'
import type { TableColumn } from '../../components/table/table-props.ts'
import { ShortTime, useNow } from '../../components/time.tsx'
import { availableCommands } from './available-commands.ts'
import classes from './deliveries-screen.module.css'
import { DeliveryMenu } from './delivery-menu.tsx'
import { useDeliveryCommands } from './use-delivery-commands.tsx'

/** The columns of the list of deliveries. */
export function useDeliveryColumns(): readonly TableColumn<Delivery>[] {
  const { t } = useTranslation('deliveries')
  const counts = useCountColumns()
  return [
    {
      key: 'name',
      title: t('list.columns.name'),
      width: 'minmax(13rem, 3fr)',
      cell: ({ id, name }) => (
        <Anchor
          component={Link}
          to={`/deliveries/${id}`}
          size="sm"
          fw={500}
          c="inherit"
          title={name}
          onClick={(event) => event.stopPropagation()}
        >
          {name}
        </Anchor>
      ),
    },
    {
      key: 'status',
      title: t('list.columns.status'),
      width: '10rem',
      cell: ({ status }) => <DeliveryStatusBadge status={status} />,
    },
    {
      key: 'progress',
      title: t('list.columns.progress'),
      width: 'minmax(7.5rem, 1fr)',
      cell: (delivery) => <ProgressCell delivery={delivery} />,
    },
    ...counts,
    {
      key: 'when',
      title: t('list.columns.when'),
      width: '10.25rem',
      cell: (delivery) => <When delivery={delivery} />,
    },
    useActionsColumn(),
  ]
}

function useCountColumns(): readonly TableColumn<Delivery>[] {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  return [
    {
      key: 'messages',
      title: t('list.columns.messages'),
      width: '6.25rem',
      align: 'end',
      cell: ({ messages }) => format.number(messages.total),
    },
    {
      key: 'sent',
      title: t('list.columns.sent'),
      width: '6.5rem',
      align: 'end',
      cell: ({ messages }) => format.number(messages.byStatus.sent),
    },
    {
      key: 'failed',
      title: t('list.columns.failed'),
      width: '8rem',
      align: 'end',
      cell: ({ messages: { byStatus } }) =>
        byStatus.failed === 0 ? (
          <Text span size="sm" c="dimmed">
            0
          </Text>
        ) : (
          format.number(byStatus.failed)
        ),
    },
  ]
}

function useActionsColumn(): TableColumn<Delivery> {
  const { t } = useTranslation('deliveries')
  const now = useNow()
  const { run } = useDeliveryCommands()
  return {
    key: 'actions',
    title: t('action.more'),
    titleHidden: true,
    width: '3.25rem',
    cell: (delivery) => (
      // biome-ignore lint/a11y/noStaticElementInteractions: keeps the menu's clicks from opening the row
      // biome-ignore lint/a11y/useKeyWithClickEvents: the row handles no keys from inside
      <span onClick={(event) => event.stopPropagation()}>
        <DeliveryMenu
          delivery={delivery}
          label={t('list.rowMenu', { name: delivery.name })}
          commands={availableCommands(delivery, now)}
          offersLinks
          onCommand={(command) => void run(command, delivery)}
        />
      </span>
    ),
  }
}

function ProgressCell({ delivery: { messages, startedAt } }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  if (startedAt === null || messages.total === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {startedAt === null ? t('list.notStarted') : '—'}
      </Text>
    )
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <MessageBar messages={messages} />
      <Text span size="xs" c="dimmed" w="2.5rem" ta="end" style={{ flex: 'none' }}>
        {format.percent(shareDone(messages, 100))}
      </Text>
    </Group>
  )
}

/** When a delivery starts and ends. The second line shows only the time if both are on the same day. */
function When({ delivery: { startedAt, startsAt, finishedAt, endsAt } }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const now = useNow()
  const from = startedAt ?? startsAt
  const to = finishedAt ?? endsAt
  const moment = format.day(from) === format.day(to) ? format.clock(to) : format.shortMoment(to, now)
  return (
    <div className={classes.when}>
      <ShortTime at={from} />
      <Text size="xs" c="dimmed" component="div" title={format.exactMoment(to)}>
        {t(finishedAt === null ? 'list.until' : 'list.finished', { moment })}
      </Text>
    </div>
  )
}
