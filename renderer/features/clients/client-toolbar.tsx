import { Button, Select, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldFilters } from '#shared/domain/client-fields.ts'
import { orpc } from '../../api/queries.ts'
import { useFormat } from '../../components/format.ts'
import { SearchInput } from '../../components/search-input.tsx'
import type { Chip, ClientFilters } from './client-filters.ts'
import classes from './clients.module.css'

interface ClientToolbarProps {
  readonly filters: ClientFilters
  /** At the end of the row. */
  readonly children?: ReactNode
}

/** The filters of the client list: each choice becomes a chip, and a click removes it. */
export function ClientToolbar({ filters, children }: ClientToolbarProps) {
  const { t } = useTranslation(['clients', 'shell'])
  const facets = useQuery(orpc.clients.facets.queryOptions()).data
  const { query, chips, add } = filters
  return (
    <>
      <search className={classes.toolbar}>
        <SearchInput label={t('search')} search={query.search ?? ''} onSearch={filters.search} />
        <ValueSelect name="tag" label={t('fields.tag')} facet={facets?.tags} chips={chips} onChoose={add} />
        <ValueSelect
          name="withoutTag"
          label={t('fields.withoutTag')}
          facet={facets?.tags}
          chips={chips}
          onChoose={add}
        />
        {fieldFilters.map(({ field, name }) => (
          <ValueSelect
            key={field}
            name={field}
            label={t(`fields.${field}`)}
            facet={facets?.[name]}
            chips={chips}
            onChoose={add}
          />
        ))}
        <Select
          className={classes.filter ?? ''}
          rightSectionWidth={28}
          aria-label={t('optedOutFilter.label')}
          placeholder={t('optedOutFilter.label')}
          data={(['false', 'true'] as const).map((value) => ({ value, label: t(`optedOutFilter.${value}`) }))}
          value={null}
          onChange={(value) => (value === null ? undefined : add({ name: 'optedOut', value }))}
        />
        {children}
      </search>
      {filters.narrowed ? (
        <ul className={classes.chips} aria-label={t('chips.label')}>
          {chips.map((chip) => (
            <li key={`${chip.name} ${chip.value}`}>
              <ChipButton chip={chip} onRemove={() => filters.remove(chip)} />
            </li>
          ))}
          <li>
            <Button variant="subtle" size="compact-sm" onClick={filters.clear}>
              {t('shell:actions.clearFilters')}
            </Button>
          </li>
        </ul>
      ) : null}
    </>
  )
}

function ChipButton({ chip, onRemove }: { readonly chip: Chip; onRemove(): void }) {
  const { t } = useTranslation('clients')
  const value = chip.name === 'optedOut' ? t(`optedOutFilter.${chip.value === 'true'}`) : chip.value
  const words = chip.name === 'optedOut' ? value : t(`chips.${chip.name}`, { value })
  return (
    <UnstyledButton className={classes.chip ?? ''} aria-label={t('chips.remove', { filter: words })} onClick={onRemove}>
      <span className={classes.chipWords}>{words}</span>
      <IconX size={13} aria-hidden="true" />
    </UnstyledButton>
  )
}

interface ValueSelectProps {
  readonly name: Exclude<Chip['name'], 'optedOut'>
  readonly label: string
  readonly facet: readonly { readonly value: string; readonly clients: number }[] | undefined
  readonly chips: readonly Chip[]
  onChoose(chip: Chip): void
}

/** A select that adds one value of a property, each with its number of clients. */
function ValueSelect({ name, label, facet = [], chips, onChoose }: ValueSelectProps) {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const chosen = new Set(chips.filter((chip) => chip.name === name).map((chip) => chip.value))
  const counts = new Map(facet.map((entry) => [entry.value, entry.clients]))
  return (
    <Select
      className={classes.filter ?? ''}
      rightSectionWidth={28}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      aria-label={label}
      placeholder={label}
      searchable
      limit={100}
      nothingFoundMessage={t('noSuchValue')}
      data={[...counts.keys()].filter((value) => !chosen.has(value))}
      value={null}
      onChange={(value) => (value === null ? undefined : onChoose({ name, value }))}
      renderOption={({ option }) => (
        <>
          {option.value}
          <span className={classes.optionCount}>{format.number(counts.get(option.value) ?? 0)}</span>
        </>
      )}
    />
  )
}
