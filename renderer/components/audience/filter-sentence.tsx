import { Popover, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldFilters } from '#shared/domain/client-fields.ts'
import { type Filter, isEmptyFilter } from '#shared/domain/filter.ts'
import { orpc } from '../../api/queries.ts'
import { FacetSelect } from './facet-select.tsx'
import classes from './filter-sentence.module.css'
import { describeValues } from './filter-text.ts'

const joinedProperties = ['tags', ...fieldFilters.map(({ name }) => name)] as const
const properties = [...joinedProperties, 'excludeTags'] as const
type Property = (typeof properties)[number]

interface FilterSentenceProps {
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
  readonly disabled?: boolean
  readonly errorOf?: (field: string) => string | undefined
}

/** A filter as a sentence; a click on a part changes it. */
export function FilterSentence({ filter, onChange, disabled = false, errorOf = () => undefined }: FilterSentenceProps) {
  const { t } = useTranslation('deliveries')
  const chosen = joinedProperties.filter((property) => filter[property].length > 0)
  const missing = properties.filter((property) => filter[property].length === 0)
  const part = (property: Property) => (
    <FilterPart
      key={property}
      property={property}
      filter={filter}
      onChange={onChange}
      disabled={disabled}
      error={errorOf(`filter.${property}`)}
    />
  )
  return (
    <fieldset className={classes.frame} aria-label={t('sentence.label')}>
      <div className={classes.sentence}>
        <Text span>
          {t(
            isEmptyFilter(filter) ? 'sentence.everybody' : chosen.length === 0 ? 'sentence.everyone' : 'sentence.those',
          )}
        </Text>
        {chosen.map((property, index) => (
          <Fragment key={property}>
            {index === 0 ? null : (
              <UnstyledButton
                className={classes.word ?? ''}
                disabled={disabled}
                aria-label={t('sentence.join', { word: t(`sentence.${filter.match}`) })}
                onClick={() => onChange({ ...filter, match: filter.match === 'all' ? 'any' : 'all' })}
              >
                {t(`sentence.${filter.match}`)}
              </UnstyledButton>
            )}
            {part(property)}
          </Fragment>
        ))}
        {filter.excludeTags.length > 0 ? part('excludeTags') : null}
        {disabled ? null : missing.map(part)}
      </div>
    </fieldset>
  )
}

interface FilterPartProps extends Required<Pick<FilterSentenceProps, 'filter' | 'onChange' | 'disabled'>> {
  readonly property: Property
  readonly error: string | undefined
}

function FilterPart({ property, filter, onChange, disabled, error }: FilterPartProps): ReactNode {
  const { t } = useTranslation('deliveries')
  const [opened, setOpened] = useState(false)
  const facets = useQuery(orpc.clients.facets.queryOptions()).data
  const values = filter[property]
  const isEmpty = values.length === 0
  const label = t(`composer.audience.${property}`)
  const text = isEmpty
    ? t(`sentence.add.${property}`)
    : t(`filter.${property}`, { values: describeValues(property, values, t) })
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={340} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.part ?? ''}
          data-empty={isEmpty || undefined}
          data-wrong={error === undefined ? undefined : true}
          disabled={disabled}
          aria-expanded={opened}
          aria-label={isEmpty ? text : `${label}: ${text}`}
          title={text}
          onClick={() => setOpened(!opened)}
        >
          {text}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <FacetSelect
          label={label}
          placeholder={t(`composer.audience.${property}Placeholder`)}
          facets={facets?.[property === 'excludeTags' ? 'tags' : property] ?? []}
          value={values}
          onChange={(next) => onChange({ ...filter, [property]: next })}
          error={error}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
