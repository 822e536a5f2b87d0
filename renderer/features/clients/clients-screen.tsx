import { Button, Group } from '@mantine/core'
import { IconAddressBook, IconFileImport, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ClientQuery } from '#shared/contract/client-query.ts'
import { orpc, pageSize } from '../../api/queries.ts'
import { ExportMenu } from '../../components/exports/export-menu.tsx'
import { useFormat } from '../../components/format.ts'
import { Page } from '../../components/page.tsx'
import { EmptyState, NothingFound } from '../../components/states.tsx'
import { DataTable, pages } from '../../components/table/data-table.tsx'
import { RowCount } from '../../components/table/row-count.tsx'
import { BulkBar } from './bulk/bulk-bar.tsx'
import { useClientSelection } from './bulk/selection.ts'
import { useClientColumns } from './client-columns.tsx'
import { ClientDrawer } from './client-drawer.tsx'
import { type ClientFilters, useClientFilters } from './client-filters.ts'
import { ClientToolbar } from './client-toolbar.tsx'
import { useImportRun } from './import/import-run.ts'
import { useOpenedClient } from './use-opened-client.ts'
import { ColumnMenu, useVisibleColumns } from './visible-columns.tsx'

/** The client directory. */
export function ClientsScreen() {
  const { t } = useTranslation('clients')
  const filters = useClientFilters()
  const { query, sort } = filters
  const columns = useVisibleColumns(useClientColumns())
  const { opened, open, close } = useOpenedClient()
  const chosen = useClientSelection(query)
  const clients = useClientPages(filters)
  const count = useClientCount(clients.data?.pages[0], query)
  // An empty directory has nothing to count or search; its empty state shows how to add clients.
  const isVacant = count?.clients === 0 && !filters.narrowed
  const add = <AddButton onClick={() => open('new')} />
  return (
    <Page
      title={t('title')}
      layout="table"
      aside={
        count === undefined || isVacant ? null : (
          <RowCount>
            {t(count.isExact ? (filters.narrowed ? 'found' : 'count') : 'foundMore', { count: count.clients })}
          </RowCount>
        )
      }
      actions={
        isVacant ? null : (
          <>
            <ExportMenu
              size="sm"
              variant="default"
              subject={{
                kind: 'clients',
                selection: { kind: 'query', query },
                sortBy: sort.by,
                descending: sort.descending,
              }}
              name={t('title')}
            />
            <ImportLink />
            {add}
          </>
        )
      }
    >
      {isVacant ? null : (
        <ClientToolbar filters={filters}>
          <ColumnMenu choice={columns.choice} />
        </ClientToolbar>
      )}
      <BulkBar
        selection={chosen.selection}
        count={chosen.size(count?.clients ?? 0)}
        isExact={chosen.selection?.kind !== 'query' || count?.isExact === true}
        onClear={chosen.clear}
      />
      <DataTable
        label={t('title')}
        query={clients}
        columns={columns.visible}
        rowKey={(client) => client.id}
        onOpen={open}
        sort={sort}
        onSort={filters.sortBy}
        selection={chosen.rows}
        empty={<NoClients filters={filters} add={add} />}
      />
      <ClientDrawer client={opened} onClose={close} />
    </Page>
  )
}

function useClientPages({ query, sort }: ClientFilters) {
  return useInfiniteQuery({
    ...orpc.clients.list.infiniteOptions({
      ...pages,
      input: (cursor: string | undefined) => ({
        ...query,
        sortBy: sort.by,
        descending: sort.descending,
        cursor,
        limit: pageSize,
      }),
    }),
    placeholderData: keepPreviousData,
  })
}

function AddButton({ onClick }: { onClick(): void }) {
  const { t } = useTranslation('clients')
  return (
    <Button leftSection={<IconPlus size={16} />} onClick={onClick}>
      {t('add')}
    </Button>
  )
}

/**
 * How many clients the list has. The first page knows, unless their number needs a second query.
 */
function useClientCount(
  page: { readonly count: number; readonly isCountExact: boolean } | undefined,
  query: ClientQuery,
) {
  const counted = useQuery(orpc.clients.count.queryOptions({ input: page?.isCountExact === false ? query : skipToken }))
    .data?.count
  if (page === undefined) return undefined
  return {
    clients: page.isCountExact ? page.count : (counted ?? page.count),
    isExact: page.isCountExact || counted !== undefined,
  }
}

function ImportLink() {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const run = useImportRun()
  return (
    <Button variant="default" component={Link} to="/clients/import" leftSection={<IconFileImport size={16} />}>
      {run.kind === 'running'
        ? t('importRuns', { percent: format.percent(Math.floor(run.share * 100) / 100) })
        : t('import')}
    </Button>
  )
}

function NoClients({ filters, add }: { readonly filters: ClientFilters; readonly add: React.ReactNode }) {
  const { t } = useTranslation(['clients', 'shell'])
  if (filters.narrowed) {
    return (
      <NothingFound title={t('nobodyFound.title')} clear={t('shell:actions.clearFilters')} onClear={filters.clear}>
        {t('nobodyFound.advice')}
      </NothingFound>
    )
  }
  return (
    <EmptyState
      icon={IconAddressBook}
      title={t('nobodyYet.title')}
      action={
        <Group gap="xs">
          <ImportLink />
          {add}
        </Group>
      }
    >
      {t('nobodyYet.advice')}
    </EmptyState>
  )
}
