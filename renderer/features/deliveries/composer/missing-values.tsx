import { List } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Note } from '../../../components/note.tsx'
import type { PreviewAnswer } from './use-preview.ts'

/** Warns of variables without a value, with the number of clients affected. */
export function MissingValues({ missing }: { readonly missing: PreviewAnswer['missing'] }) {
  const { t } = useTranslation('deliveries')
  const first = missing[0]
  if (first === undefined) return null
  return (
    <Note tone="warning" icon={IconAlertCircle} title={t('composer.text.missingTitle')} role="status">
      <List size="sm" my={4}>
        {missing.map(({ variable, clients }) => (
          <List.Item key={variable}>{t('composer.text.missing', { variable, count: clients })}</List.Item>
        ))}
      </List>
      {t('composer.text.missingRemedy', { example: `{{ ${first.variable} | default: "…" }}` })}
    </Note>
  )
}
