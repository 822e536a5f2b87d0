import { Group, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Delimiter, delimiters, encodings } from '#shared/domain/table-file.ts'
import type { ReadSettings, ReadSettingsChange } from './opened-table.ts'

interface ReadSettingsFieldsProps {
  readonly how: ReadSettings
  readonly disabled: boolean
  onRead(other: ReadSettingsChange): void
}

const delimiterWords = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const satisfies Record<
  Delimiter,
  string
>

/** How the file is read, with selects to change it; the preview follows. */
export function ReadSettingsFields({ how, disabled, onRead }: ReadSettingsFieldsProps) {
  const { t } = useTranslation('clients')
  /** Marks the detected choice. */
  const marked = (label: string, isFound: boolean) => (isFound ? t('importing.how.found', { choice: label }) : label)

  if (how.kind === 'workbook')
    return (
      <Select
        label={t('importing.how.sheet')}
        data={[...how.sheets]}
        value={how.sheet}
        disabled={disabled}
        allowDeselect={false}
        maw={280}
        onChange={(sheet) => sheet !== null && onRead({ sheet })}
      />
    )
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={t('importing.how.encoding')}
        data={encodings.map((value) => ({
          value,
          label: marked(t(`importing.how.encodings.${value}`), value === how.found.encoding),
        }))}
        value={how.encoding}
        disabled={disabled}
        allowDeselect={false}
        w={280}
        onChange={(encoding) => encoding !== null && onRead({ encoding })}
      />
      <Select
        label={t('importing.how.delimiter')}
        data={delimiters.map((value) => ({
          value,
          label: marked(t(`importing.how.delimiters.${delimiterWords[value]}`), value === how.found.delimiter),
        }))}
        value={how.delimiter}
        disabled={disabled}
        allowDeselect={false}
        w={240}
        onChange={(delimiter) => delimiter !== null && onRead({ delimiter })}
      />
    </Group>
  )
}
