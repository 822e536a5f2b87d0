import { Button } from '@mantine/core'
import { IconBellOff, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { orpc, pageSize } from '../../api/queries.ts'
import { Page } from '../../components/page.tsx'
import { SearchInput } from '../../components/search-input.tsx'
import { EmptyState, NothingFound } from '../../components/states.tsx'
import { DataTable, pages } from '../../components/table/data-table.tsx'
import { RowCount } from '../../components/table/row-count.tsx'
import { useUrlParams } from '../../components/use-url-params.ts'
import { addAddress, useAddRun } from './add-run.ts'
import classes from './do-not-contact.module.css'
import { usePhoneColumns } from './use-phone-columns.tsx'

/** The phones that never receive messages. */
export function DoNotContactScreen() {
  const { t } = useTranslation('do-not-contact')
  const { search, setSearch } = useSearchParam()
  const columns = usePhoneColumns()
  const phones = useInfiniteQuery({
    ...orpc.doNotContact.list.infiniteOptions({
      ...pages,
      input: (cursor: string | undefined) => ({ search, cursor, limit: pageSize }),
    }),
    placeholderData: keepPreviousData,
  })
  const count = phones.data?.pages[0]?.count
  const narrowed = search !== undefined
  // An empty list has nothing to count or search; its empty state shows how to add phones.
  const vacant = count === 0 && !narrowed
  return (
    <Page
      title={t('title')}
      layout="table"
      aside={count === undefined || vacant ? null : <RowCount>{t(narrowed ? 'found' : 'count', { count })}</RowCount>}
      actions={vacant ? null : <AddPhonesLink />}
    >
      {vacant ? null : (
        <search className={classes.toolbar}>
          <SearchInput label={t('search')} search={search ?? ''} onSearch={setSearch} />
        </search>
      )}
      <DataTable
        label={t('title')}
        query={phones}
        columns={columns}
        rowKey={(entry) => entry.phone}
        empty={<NoPhones narrowed={narrowed} onClear={() => setSearch('')} />}
      />
    </Page>
  )
}

/** The search, kept in the URL, so that back, forward and reload show the same list. */
function useSearchParam(): { readonly search: string | undefined; setSearch(search: string): void } {
  const { params, put } = useUrlParams()
  return {
    search: params.get('search') ?? undefined,
    setSearch: (search) => put('search', search),
  }
}

function AddPhonesLink() {
  const { t } = useTranslation('do-not-contact')
  const run = useAddRun()
  return (
    <Button component={Link} to={addAddress} leftSection={<IconPlus size={16} />}>
      {t(run.kind === 'running' ? 'adding' : 'add')}
    </Button>
  )
}

function NoPhones({ narrowed, onClear }: { readonly narrowed: boolean; onClear(): void }) {
  const { t } = useTranslation(['do-not-contact', 'shell'])
  if (narrowed) {
    return (
      <NothingFound title={t('nothingFound.title')} clear={t('shell:actions.clearFilters')} onClear={onClear}>
        {t('nothingFound.advice')}
      </NothingFound>
    )
  }
  return (
    <EmptyState icon={IconBellOff} title={t('empty.title')} action={<AddPhonesLink />}>
      {t('empty.advice')}
    </EmptyState>
  )
}
