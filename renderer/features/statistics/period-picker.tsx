import { DatePickerInput } from '@mantine/dates'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Period } from '#shared/domain/period.ts'
import { CalendarLanguage, useCalendarNames } from '../../components/calendar-language.tsx'
import { useFormat } from '../../components/format.ts'
import { lastDays, monthBefore } from './use-period.ts'

interface PeriodPickerProps {
  readonly period: Period
  onChoose(period: Period): void
}

/** A picker of the first and last day, with common periods as presets. */
export function PeriodPicker({ period, onChoose }: PeriodPickerProps) {
  const { t } = useTranslation('statistics')
  const format = useFormat()
  // While only the first day is chosen, the report does not change.
  const [halfway, setHalfway] = useState<[string | null, string | null] | null>(null)
  const wordsOf = (day: unknown) => (typeof day === 'string' ? format.day(`${day.slice(0, 10)}T00:00`) : '…')
  const preset = ({ since, until }: Period, label: string) => ({ value: [since, until] as [string, string], label })
  return (
    <CalendarLanguage>
      <DatePickerInput
        {...useCalendarNames()}
        type="range"
        label={t('period.label')}
        w={320}
        allowSingleDateInRange
        value={halfway ?? [period.since, period.until]}
        valueFormatter={({ date }) => [date].flat().map(wordsOf).join(' – ')}
        presets={[
          preset(lastDays(7), t('period.presets.week')),
          preset(lastDays(30), t('period.presets.thirty')),
          preset(monthBefore(0), t('period.presets.month')),
          preset(monthBefore(1), t('period.presets.lastMonth')),
          preset(lastDays(365), t('period.presets.year')),
        ]}
        onChange={([since, until]) => {
          if (since === null || until === null) return setHalfway([since, until])
          setHalfway(null)
          onChoose({ since, until })
        }}
        onDropdownClose={() => setHalfway(null)}
      />
    </CalendarLanguage>
  )
}
