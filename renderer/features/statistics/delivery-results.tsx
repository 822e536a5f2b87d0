import { Group, Title } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { GeneralStatistics } from '#shared/contract/statistics.ts'
import { ExportMenu } from '../../components/exports/export-menu.tsx'
import { useFormat } from '../../components/format.ts'
import { MessageBar } from '../../components/message-bar.tsx'
import { DeliveryStatusBadge } from '../../components/status.tsx'
import type { TableColumn } from '../../components/table/table-props.ts'
import { VirtualTable } from '../../components/table/virtual-table.tsx'
import { ShortTime } from '../../components/time.tsx'
import classes from './delivery-results.module.css'

type DeliveryResult = GeneralStatistics['results'][number]

const rowHeight = 40
const headerHeight = 35

/** One row for each delivery, the newest first. */
export function DeliveryResults({ results }: { readonly results: readonly DeliveryResult[] }) {
  const { t } = useTranslation('statistics')
  const format = useFormat()
  const navigate = useNavigate()
  const heading = useId()
  const columns: readonly TableColumn<DeliveryResult>[] = [
    { key: 'name', title: t('columns.delivery'), width: 'minmax(16.5rem, 3fr)', cell: ({ name }) => name },
    {
      key: 'status',
      title: t('columns.status'),
      width: '10rem',
      cell: ({ status }) => <DeliveryStatusBadge status={status} />,
    },
    {
      key: 'startsAt',
      title: t('columns.startsAt'),
      width: '9.5rem',
      cell: ({ startsAt }) => <ShortTime at={startsAt} />,
    },
    {
      key: 'progress',
      title: t('columns.progress'),
      width: 'minmax(9rem, 2fr)',
      cell: ({ messages }) => (messages.total === 0 ? '—' : <MessageBar messages={messages} />),
    },
    {
      key: 'sentShare',
      title: t('columns.sentShare'),
      width: '7rem',
      align: 'end',
      cell: ({ messages: { total, byStatus } }) => (total === 0 ? '—' : format.percent(byStatus.sent / total)),
    },
    {
      key: 'total',
      title: t('columns.total'),
      width: '7.5rem',
      align: 'end',
      cell: ({ messages }) => format.number(messages.total),
    },
  ]
  return (
    <section aria-labelledby={heading}>
      <Group justify="space-between" mb="xs">
        <Title order={2} id={heading}>
          {t('perDelivery')}
        </Title>
        <ExportMenu subject={{ kind: 'deliveries' }} name={t('perDelivery')} label={t('exportDeliveries')} />
      </Group>
      <div className={classes.table} style={{ height: headerHeight + rowHeight * Math.min(results.length, 12) }}>
        <VirtualTable
          label={t('perDelivery')}
          columns={columns}
          rows={results}
          rowKey={(result) => result.id}
          rowHeight={rowHeight}
          onOpen={(result) => void navigate(`/deliveries/${result.id}`)}
        />
      </div>
    </section>
  )
}
