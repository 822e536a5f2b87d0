import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../api/queries.ts'
import { useFormat } from '../../components/format.ts'
import { SearchInput } from '../../components/search-input.tsx'
import type { ClientFilters } from './client-filters.ts'
import classes from './clients.module.css'

/** What narrows the list of clients. */
export function ClientToolbar({ filters }: { readonly filters: ClientFilters }) {
  const { t } = useTranslation(['clients', 'shell'])
  const facets = useQuery(orpc.clients.facets.queryOptions()).data
  const { query, narrow } = filters
  return (
    <search className={classes.toolbar}>
      <SearchInput label={t('search')} search={query.search ?? ''} onSearch={(search) => narrow({ search })} />
      <FacetSelect label={t('fields.tag')} facet={facets?.tags} value={query.tag} onChange={(tag) => narrow({ tag })} />
      <FacetSelect
        label={t('fields.operatorCode')}
        facet={facets?.operatorCodes}
        value={query.operatorCode}
        onChange={(operatorCode) => narrow({ operatorCode })}
      />
      <FacetSelect
        label={t('fields.timeZone')}
        facet={facets?.timeZones}
        value={query.timeZone}
        onChange={(timeZone) => narrow({ timeZone })}
      />
      <Select
        className={classes.filter ?? ''}
        aria-label={t('optedOutFilter.label')}
        placeholder={t('optedOutFilter.label')}
        clearable
        data={[
          { value: 'false', label: t('optedOutFilter.no') },
          { value: 'true', label: t('optedOutFilter.yes') },
        ]}
        value={query.optedOut === undefined ? null : String(query.optedOut)}
        onChange={(value) => narrow({ optedOut: value === null ? undefined : value === 'true' })}
      />
      {filters.narrowed ? (
        <Button variant="subtle" onClick={filters.clear}>
          {t('shell:actions.clearFilters')}
        </Button>
      ) : null}
    </search>
  )
}

interface FacetSelectProps {
  readonly label: string
  readonly facet: readonly { readonly value: string; readonly clients: number }[] | undefined
  readonly value: string | undefined
  onChange(value: string | undefined): void
}

/** One value of a property, chosen from those in use, with how many clients have each. */
function FacetSelect({ label, facet = [], value, onChange }: FacetSelectProps) {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const counts = new Map(facet.map((entry) => [entry.value, entry.clients]))
  // A value from the address may have no client any more; it still has to be seen to be taken away.
  if (value !== undefined && !counts.has(value)) counts.set(value, 0)
  return (
    <Select
      className={classes.filter ?? ''}
      aria-label={label}
      placeholder={label}
      searchable
      clearable
      limit={100}
      nothingFoundMessage={t('noSuchValue')}
      data={[...counts.keys()]}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      renderOption={({ option }) => (
        <>
          {option.value}
          <span className={classes.optionCount}>{format.number(counts.get(option.value) ?? 0)}</span>
        </>
      )}
    />
  )
}
