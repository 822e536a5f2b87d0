import { Button, Loader } from '@mantine/core'
import { IconCopy, IconFilter, IconPlus, IconSend, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Segment } from '#shared/contract/segments.ts'
import { orpc } from '../../api/queries.ts'
import { describeFilter } from '../../components/audience/filter-text.ts'
import { useAudience } from '../../components/audience/use-audience.ts'
import { useFormat } from '../../components/format.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { Page } from '../../components/page.tsx'
import { EmptyState, QueryState } from '../../components/states.tsx'
import type { TableColumn } from '../../components/table/table-props.ts'
import { VirtualTable } from '../../components/table/virtual-table.tsx'
import { RelativeTime } from '../../components/time.tsx'
import { useRemoveSegment } from './use-remove-segment.ts'

/** The saved filters, each with its present number of clients. */
export function SegmentsScreen() {
  const { t } = useTranslation('segments')
  const query = useQuery(orpc.segments.list.queryOptions())
  const columns = useSegmentColumns()
  const navigate = useNavigate()
  const add = (
    <Button component={Link} to="/segments/new" leftSection={<IconPlus size={16} />}>
      {t('add')}
    </Button>
  )
  const segments = query.data
  return (
    <Page title={t('title')} layout="table" actions={segments === undefined || segments.length === 0 ? null : add}>
      {segments === undefined ? (
        <QueryState query={query} lines={8} />
      ) : segments.length === 0 ? (
        <EmptyState icon={IconFilter} title={t('none.title')} action={add}>
          {t('none.advice')}
        </EmptyState>
      ) : (
        <VirtualTable
          label={t('title')}
          columns={columns}
          rows={segments}
          rowKey={(segment) => segment.id}
          onOpen={(segment) => void navigate(`/segments/${segment.id}`)}
        />
      )}
    </Page>
  )
}

function useSegmentColumns(): readonly TableColumn<Segment>[] {
  const { t } = useTranslation('segments')
  const { t: deliveries } = useTranslation('deliveries')
  return useMemo(
    () => [
      { key: 'name', title: t('fields.name'), width: 'minmax(9rem, 1fr)', cell: ({ name }) => name },
      {
        key: 'filter',
        title: t('fields.filter'),
        width: 'minmax(14rem, 2fr)',
        cell: ({ filter }) => describeFilter(filter, deliveries),
      },
      {
        key: 'clients',
        title: t('fields.clients'),
        width: '8rem',
        align: 'end',
        cell: (segment) => <Size segment={segment} />,
      },
      {
        key: 'updatedAt',
        title: t('fields.updatedAt'),
        width: '9rem',
        cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
      },
      {
        key: 'actions',
        title: t('fields.actions'),
        titleHidden: true,
        width: '8rem',
        cell: (segment) => <Actions segment={segment} />,
      },
    ],
    [t, deliveries],
  )
}

function Size({ segment }: { readonly segment: Segment }) {
  const format = useFormat()
  const { audience } = useAudience(segment.filter)
  return audience === null ? <Loader size={12} /> : format.number(audience.clients)
}

function Actions({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation('segments')
  const remove = useRemoveSegment()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the row must not open when one of its buttons is pressed
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <span onClick={(event) => event.stopPropagation()}>
      <IconButton
        icon={IconSend}
        tooltip={t('write')}
        label={t('writeTo', { name: segment.name })}
        to={`/deliveries/new?segment=${segment.id}`}
      />
      <IconButton
        icon={IconCopy}
        tooltip={t('duplicate')}
        label={t('duplicateNamed', { name: segment.name })}
        to={`/segments/new?from=${segment.id}`}
      />
      <IconButton
        icon={IconTrash}
        tooltip={t('delete')}
        label={t('deleteNamed', { name: segment.name })}
        onClick={() => remove(segment)}
      />
    </span>
  )
}
