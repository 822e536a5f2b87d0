import { Input, SegmentedControl, SimpleGrid } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#shared/domain/filter.ts'
import { orpc } from '../../../api/queries.ts'
import { AudienceWords } from './audience-words.tsx'
import { FacetSelect } from './facet-select.tsx'
import { Section } from './section.tsx'
import type { AudienceCount } from './use-audience.ts'

const properties = ['tags', 'operatorCodes', 'timeZones', 'excludeTags'] as const
const facetOf = { tags: 'tags', operatorCodes: 'operatorCodes', timeZones: 'timeZones', excludeTags: 'tags' } as const

interface AudienceSectionProps {
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
  readonly count: AudienceCount
  readonly disabled: boolean
  readonly errorOf: (field: string) => string | undefined
}

/** Whom the delivery is for, and how many that makes at this moment. */
export function AudienceSection({ filter, onChange, count, disabled, errorOf }: AudienceSectionProps) {
  const { t } = useTranslation('deliveries')
  const matchLabel = useId()
  const facets = useQuery(orpc.clients.facets.queryOptions())
  return (
    <Section title={t('composer.audience.title')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        {properties.map((property) => (
          <FacetSelect
            key={property}
            label={t(`composer.audience.${property}`)}
            placeholder={t(`composer.audience.${property}Placeholder`)}
            facets={facets.data?.[facetOf[property]] ?? []}
            value={filter[property]}
            onChange={(value) => onChange({ ...filter, [property]: value })}
            disabled={disabled}
            error={errorOf(`filter.${property}`)}
          />
        ))}
      </SimpleGrid>
      <Input.Wrapper label={t('composer.audience.match')} labelElement="div" labelProps={{ id: matchLabel }}>
        <div>
          <SegmentedControl
            size="sm"
            aria-labelledby={matchLabel}
            disabled={disabled}
            value={filter.match}
            onChange={(match) => onChange({ ...filter, match })}
            data={[
              { value: 'all', label: t('composer.audience.matchAll') },
              { value: 'any', label: t('composer.audience.matchAny') },
            ]}
          />
        </div>
      </Input.Wrapper>
      {disabled ? null : <AudienceWords filter={filter} count={count} />}
    </Section>
  )
}
