import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type OnKnown, onKnownChoices } from '#shared/contract/import.ts'

interface ExistingClientChoiceProps {
  readonly value: OnKnown
  /** Whether the file has tags that can be added or can replace others. */
  readonly hasTags: boolean
  onChange(value: OnKnown): void
}

/** What to do with a phone that the directory already has. */
export function ExistingClientChoice({ value, hasTags, onChange }: ExistingClientChoiceProps) {
  const { t } = useTranslation('clients')
  return (
    <Radio.Group
      label={t('importing.known.label')}
      description={t('importing.known.repeated')}
      value={value}
      onChange={onChange}
    >
      <Stack gap="xs" mt="xs">
        {onKnownChoices.map((choice) => {
          const needsTags = choice === 'addTags' || choice === 'replaceTags'
          return (
            <Radio
              key={choice}
              value={choice}
              label={t(`importing.known.${choice}`)}
              description={needsTags && !hasTags ? t('importing.known.noTags') : null}
              disabled={needsTags && !hasTags}
            />
          )
        })}
      </Stack>
    </Radio.Group>
  )
}
