import { Button, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { type DeliveryStatus, deliveryStatuses } from '#shared/domain/states.ts'
import { orpc, pageSize } from '../../api/queries.ts'
import { DataTable, pages } from '../../components/data-table.tsx'
import { FirstSteps } from '../../components/first-steps.tsx'
import { Page } from '../../components/page.tsx'
import { EmptyState } from '../../components/states.tsx'
import { useDeliveryColumns } from './use-delivery-columns.tsx'

const searchRestMs = 250

/** Every delivery, the newest first, with what became of it. */
export function DeliveriesScreen() {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const navigate = useNavigate()
  const columns = useDeliveryColumns()
  const [search, setSearch] = useState('')
  const [status, setStatus] = useState<DeliveryStatus | null>(null)
  const [rested] = useDebouncedValue(search.trim(), searchRestMs)
  const isNarrowed = search.trim() !== '' || status !== null
  const query = useInfiniteQuery(
    orpc.deliveries.list.infiniteOptions({
      ...pages,
      input: (cursor: string | undefined) => ({
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
        ...(rested === '' ? {} : { search: rested }),
        ...(status === null ? {} : { status }),
      }),
      placeholderData: keepPreviousData,
    }),
  )
  const count = query.data?.pages[0]?.count
  const isEmpty = count === 0 && !isNarrowed

  function clear(): void {
    setSearch('')
    setStatus(null)
  }

  return (
    <Page
      title={t('title')}
      layout="table"
      actions={
        isEmpty ? null : (
          <Button component={Link} to="/deliveries/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
            {t('new')}
          </Button>
        )
      }
    >
      {isEmpty ? null : (
        <Group gap="sm" pb="sm">
          <TextInput
            aria-label={t('list.search')}
            placeholder={t('list.search')}
            data-search
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            w={280}
          />
          <Select<DeliveryStatus>
            aria-label={t('list.status')}
            placeholder={t('list.anyStatus')}
            data={deliveryStatuses.map((each) => ({ value: each, label: shell(`status.delivery.${each}`) }))}
            value={status}
            onChange={setStatus}
            clearable
            w={200}
          />
          <span>{count === undefined ? null : t('list.count', { count })}</span>
        </Group>
      )}
      <DataTable
        label={t('title')}
        columns={columns}
        query={query}
        rowKey={(delivery) => delivery.id}
        rowHeight={48}
        onOpen={(delivery) => void navigate(`/deliveries/${delivery.id}`)}
        empty={
          isNarrowed ? (
            <EmptyState
              icon={IconSearchOff}
              title={t('list.nothingFound.title')}
              action={
                <Button variant="default" onClick={clear}>
                  {t('list.nothingFound.clear')}
                </Button>
              }
            >
              {t('list.nothingFound.text')}
            </EmptyState>
          ) : (
            <FirstSteps />
          )
        }
      />
    </Page>
  )
}
