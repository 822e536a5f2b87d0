import { Button, Group, Progress, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../components/format.ts'
import { cancelImport, type ImportRun } from './import-run.ts'

/** The progress of the import. */
export function ImportProgress({ run }: { readonly run: Extract<ImportRun, { readonly kind: 'running' }> }) {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const percent = Math.floor(run.share * 100)
  const file = run.draft.table.file.name
  return (
    <Stack gap="sm" maw={560}>
      <Text fw={600}>{t(run.dryRun ? 'importing.running.checking' : 'importing.running.title', { file })}</Text>
      <Progress value={percent} size="lg" aria-label={t('importing.running.label')} />
      <Group justify="space-between">
        <Text c="dimmed">{t('importing.running.rows', { count: run.rows })}</Text>
        <Text c="dimmed">{format.percent(percent / 100)}</Text>
      </Group>
      {/* Announced at every tenth percent only: screen readers cannot keep up with more. */}
      <VisuallyHidden role="status">
        {t('importing.running.spoken', { percent: format.percent(Math.floor(percent / 10) / 10) })}
      </VisuallyHidden>
      <Text c="dimmed" size="sm">
        {run.undoing === null
          ? t(run.dryRun ? 'importing.running.checkAdvice' : 'importing.running.advice')
          : t('importing.running.undoing', { count: run.undoing })}
      </Text>
      <Group>
        <Button variant="default" disabled={run.undoing !== null} onClick={() => void cancelImport()}>
          {t(run.dryRun ? 'importing.running.cancelCheck' : 'importing.running.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
