import { Group, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type DeliveryStatus, deliveryStatuses } from '#shared/domain/states.ts'
import { orpc, pageSize } from '../../api/queries.ts'
import { FirstSteps } from '../../components/first-steps.tsx'
import { NewDeliveryButton } from '../../components/new-delivery-button.tsx'
import { Page } from '../../components/page.tsx'
import { NothingFound } from '../../components/states.tsx'
import { DataTable, pages } from '../../components/table/data-table.tsx'
import { useDeliveryColumns } from './use-delivery-columns.tsx'

const typingPauseMs = 250

interface DeliveryFilters {
  readonly search: string
  /** Null: any status. */
  readonly status: DeliveryStatus | null
}

const noFilters: DeliveryFilters = { search: '', status: null }

/** Every delivery, the newest first, with its results. */
export function DeliveriesScreen() {
  const { t } = useTranslation('deliveries')
  const navigate = useNavigate()
  const columns = useDeliveryColumns()
  const [filters, setFilters] = useState(noFilters)
  const query = useDeliveryPages(filters)
  const isNarrowed = filters.search.trim() !== '' || filters.status !== null
  const count = query.data?.pages[0]?.count
  const isEmpty = count === 0 && !isNarrowed
  return (
    <Page title={t('title')} layout="table" actions={isEmpty ? null : <NewDeliveryButton label={t('new')} />}>
      {isEmpty ? null : <Filters filters={filters} count={count} onChange={setFilters} />}
      <DataTable
        label={t('title')}
        columns={columns}
        query={query}
        rowKey={(delivery) => delivery.id}
        rowHeight={48}
        onOpen={(delivery) => void navigate(`/deliveries/${delivery.id}`)}
        empty={
          isNarrowed ? (
            <NothingFound
              title={t('list.nothingFound.title')}
              clear={t('list.nothingFound.clear')}
              onClear={() => setFilters(noFilters)}
            >
              {t('list.nothingFound.text')}
            </NothingFound>
          ) : (
            <FirstSteps />
          )
        }
      />
    </Page>
  )
}

function useDeliveryPages({ search, status }: DeliveryFilters) {
  const [settledSearch] = useDebouncedValue(search.trim(), typingPauseMs)
  return useInfiniteQuery(
    orpc.deliveries.list.infiniteOptions({
      ...pages,
      input: (cursor: string | undefined) => ({
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
        ...(settledSearch === '' ? {} : { search: settledSearch }),
        ...(status === null ? {} : { status }),
      }),
      placeholderData: keepPreviousData,
    }),
  )
}

interface FiltersProps {
  readonly filters: DeliveryFilters
  readonly count: number | undefined
  onChange(filters: DeliveryFilters): void
}

function Filters({ filters, count, onChange }: FiltersProps) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  return (
    <Group gap="sm" pb="sm">
      <TextInput
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        data-search
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={filters.search}
        onChange={(event) => onChange({ ...filters, search: event.currentTarget.value })}
        w={280}
      />
      <Select<DeliveryStatus>
        aria-label={t('list.status')}
        placeholder={t('list.anyStatus')}
        data={deliveryStatuses.map((each) => ({ value: each, label: shell(`status.delivery.${each}`) }))}
        value={filters.status}
        onChange={(status) => onChange({ ...filters, status })}
        clearable
        w={200}
      />
      <span>{count === undefined ? null : t('list.count', { count })}</span>
    </Group>
  )
}
