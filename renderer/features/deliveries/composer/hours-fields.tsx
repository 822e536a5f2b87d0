import { Group, Input, Text } from '@mantine/core'
import { TimePicker } from '@mantine/dates'
import { useTranslation } from 'react-i18next'
import type { ComposerValues } from './composer-values.ts'

interface HoursFieldsProps {
  readonly values: ComposerValues
  readonly onChange: (part: Partial<ComposerValues>) => void
  readonly error: string | undefined
}

/** The sending window in the client's local time. */
export function HoursFields({ values, onChange, error }: HoursFieldsProps) {
  const { t } = useTranslation('deliveries')
  return (
    <div>
      <Group gap="sm" mt="xs" ml={28} align="end">
        <TimePicker
          label={t('composer.schedule.from')}
          hoursInputLabel={t('composer.schedule.fromHours')}
          minutesInputLabel={t('composer.schedule.fromMinutes')}
          value={values.windowFrom}
          onChange={(windowFrom) => onChange({ windowFrom })}
          error={error !== undefined}
        />
        <TimePicker
          label={t('composer.schedule.to')}
          hoursInputLabel={t('composer.schedule.toHours')}
          minutesInputLabel={t('composer.schedule.toMinutes')}
          value={values.windowTo}
          onChange={(windowTo) => onChange({ windowTo })}
          error={error !== undefined}
        />
      </Group>
      {error === undefined ? (
        values.windowFrom > values.windowTo && values.windowTo !== '' ? (
          <Text size="xs" c="dimmed" ml={28} mt={4}>
            {t('composer.schedule.midnight')}
          </Text>
        ) : null
      ) : (
        <Input.Error ml={28} mt={4}>
          {error}
        </Input.Error>
      )}
    </div>
  )
}
