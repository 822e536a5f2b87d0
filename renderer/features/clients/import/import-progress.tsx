import { Button, Group, Progress, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../components/format.ts'
import { cancelImport, type ImportRun } from './import-run.ts'

/** How far the import has come. */
export function ImportProgress({ run }: { readonly run: Extract<ImportRun, { readonly kind: 'running' }> }) {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const percent = Math.floor(run.share * 100)
  return (
    <Stack gap="sm" maw={560}>
      <Text fw={600}>{t('importing.running.title', { file: run.fileName })}</Text>
      <Progress value={percent} size="lg" aria-label={t('importing.running.label')} />
      <Group justify="space-between">
        <Text c="dimmed">{t('importing.running.rows', { count: run.rows })}</Text>
        <Text c="dimmed">{format.percent(percent / 100)}</Text>
      </Group>
      {/* Only every tenth percent is spoken: a screen reader cannot keep up with more. */}
      <VisuallyHidden role="status">
        {t('importing.running.spoken', { percent: format.percent(Math.floor(percent / 10) / 10) })}
      </VisuallyHidden>
      <Text c="dimmed" size="sm">
        {t('importing.running.advice')}
      </Text>
      <Group>
        <Button variant="default" onClick={cancelImport}>
          {t('importing.running.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
