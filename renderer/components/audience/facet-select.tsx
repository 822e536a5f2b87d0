import { Group, MultiSelect, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'

export interface Facet {
  readonly value: string
  readonly clients: number
}

/** Beyond this number, typing is faster than reading the list. */
const maxOptions = 100

interface FacetSelectProps {
  readonly label: string
  readonly placeholder: string
  readonly facets: readonly Facet[]
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
  readonly error: string | undefined
}

/** A select of the values in the directory, each with its number of clients. */
export function FacetSelect({ label, placeholder, facets, value, onChange, error }: FacetSelectProps) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const counts = useMemo(() => new Map(facets.map((facet) => [facet.value, facet.clients])), [facets])
  const data = useMemo(() => {
    const common = [...facets].sort((one, other) => other.clients - one.clients || one.value.localeCompare(other.value))
    // A chosen value that no client has any more stays visible, so that it can be removed.
    const unused = value.filter((each) => !counts.has(each))
    return [...common.map((facet) => facet.value), ...unused]
  }, [facets, value, counts])
  return (
    <MultiSelect
      label={label}
      placeholder={value.length === 0 ? placeholder : ''}
      data={data}
      value={[...value]}
      onChange={onChange}
      error={error}
      searchable
      comboboxProps={{ withinPortal: false }}
      data-autofocus
      clearable
      limit={maxOptions}
      maxDropdownHeight={300}
      nothingFoundMessage={t('composer.audience.nothingFound')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={
        data.length > maxOptions ? t('composer.audience.limited', { shown: maxOptions, total: data.length }) : undefined
      }
      renderOption={({ option, checked }) => (
        <Group gap="xs" wrap="nowrap" justify="space-between" w="100%">
          <Group gap={6} wrap="nowrap" miw={0}>
            {checked === true ? <IconCheck size={14} aria-hidden="true" /> : null}
            <Text size="sm" truncate>
              {option.label}
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            {format.number(counts.get(option.value) ?? 0)}
          </Text>
        </Group>
      )}
    />
  )
}
