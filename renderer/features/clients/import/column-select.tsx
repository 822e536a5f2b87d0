import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ColumnChoice, columnChoices } from './column-choice.ts'

interface ColumnSelectProps {
  readonly title: string
  readonly choice: ColumnChoice
  onChoose(choice: ColumnChoice): void
}

/** Selects what one column of the file means. */
export function ColumnSelect({ title, choice, onChoose }: ColumnSelectProps) {
  const { t } = useTranslation('clients')
  const untitled = title.trim() === ''
  return (
    <Select<ColumnChoice>
      aria-label={t('importing.columns.meaningOf', { title })}
      allowDeselect={false}
      data={columnChoices.map((value) => ({
        value,
        label: t(`importing.choices.${value}`),
        // An attribute is named after its column.
        disabled: value === 'attribute' && untitled,
      }))}
      value={choice}
      onChange={(chosen) => chosen !== null && onChoose(chosen)}
    />
  )
}
