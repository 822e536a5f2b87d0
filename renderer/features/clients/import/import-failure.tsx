import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { describeError } from '../../../api/errors.ts'
import { clearImport, type ImportRun } from './import-run.ts'

/** An import that failed or was cancelled: the reason, that nothing was kept, and what to do next. */
export function ImportFailure({
  run,
}: {
  readonly run: Extract<ImportRun, { readonly kind: 'cancelled' | 'failed' }>
}) {
  const { t } = useTranslation('clients')
  const { t: shell } = useTranslation('shell')
  const problem = run.kind === 'failed' ? describeError(run.error, shell) : null
  return (
    <Stack gap="md" maw={640}>
      <Alert
        color={problem === null ? 'yellow' : 'red'}
        role="alert"
        title={problem === null ? t(run.dryRun ? 'importing.checkCancelled' : 'importing.cancelled') : problem.title}
      >
        {problem === null ? null : <Text size="sm">{problem.advice}</Text>}
        {run.dryRun ? null : <Text size="sm">{t('importing.nothingStays')}</Text>}
      </Alert>
      <Group>
        <Button onClick={clearImport}>{t('importing.again')}</Button>
        <Button variant="default" component={Link} to="/clients" onClick={clearImport}>
          {t('importing.toClients')}
        </Button>
      </Group>
    </Stack>
  )
}
