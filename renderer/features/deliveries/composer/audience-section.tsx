import { useTranslation } from 'react-i18next'
import type { Filter } from '#shared/domain/filter.ts'
import { AudienceNote } from '../../../components/audience/audience-note.tsx'
import { ClientCheck } from '../../../components/audience/client-check.tsx'
import { FilterSentence } from '../../../components/audience/filter-sentence.tsx'
import { SegmentPicker } from '../../../components/audience/segment-picker.tsx'
import type { AudienceCount } from '../../../components/audience/use-audience.ts'
import { Section } from '../../../components/section.tsx'

interface AudienceSectionProps {
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
  readonly count: AudienceCount
  readonly disabled: boolean
  readonly errorOf: (field: string) => string | undefined
}

/** Who receives the delivery, and how many clients that is now. */
export function AudienceSection({ filter, onChange, count, disabled, errorOf }: AudienceSectionProps) {
  const { t } = useTranslation('deliveries')
  return (
    <Section title={t('composer.audience.title')} look="row">
      {disabled ? null : <SegmentPicker filter={filter} onChange={onChange} />}
      <FilterSentence filter={filter} onChange={onChange} disabled={disabled} errorOf={errorOf} />
      {disabled ? null : (
        <>
          <AudienceNote filter={filter} count={count} />
          <ClientCheck filter={filter} />
        </>
      )}
    </Section>
  )
}
