import { Button, Group, Paper, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'
import { cancelExport, useExportRun } from './export-run.ts'
import classes from './export-status.module.css'

/** The progress of the export on every screen, with a button to stop it. */
export function ExportStatus() {
  const { t } = useTranslation()
  const format = useFormat()
  const run = useExportRun()
  if (run === null) return null
  const { file, lines, total } = run
  return (
    <Paper className={classes.status ?? ''} withBorder shadow="md" role="status" aria-label={t('export.running')}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" fw={500} truncate>
          {file}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={cancelExport}>
          {t('export.stop')}
        </Button>
      </Group>
      <Progress
        mt={6}
        value={total === null || total === 0 ? 0 : (lines / total) * 100}
        aria-label={t('export.running')}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {total === null
          ? t('export.counting')
          : t('export.lines', { lines: format.number(lines), total: format.number(total) })}
      </Text>
    </Paper>
  )
}
