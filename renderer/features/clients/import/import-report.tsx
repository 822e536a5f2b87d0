import { Button, Group, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RefusedLine } from '#shared/contract/clients.ts'
import { type ColumnTarget, columnTargets } from '#shared/domain/import-columns.ts'
import { RefusalTable, SaveRefusalsButton } from '../../../components/refusals.tsx'
import { ReportNumbers } from '../../../components/report-numbers.tsx'
import { EmptyState } from '../../../components/states.tsx'
import { clearImport, type ImportRun, startImport } from './import-run.ts'

interface ImportReportViewProps {
  readonly run: Extract<ImportRun, { readonly kind: 'done' }>
  onAnotherFile(): void
}

const figures = ['created', 'updated', 'skipped', 'refused', 'repeated'] as const

/** The result of every line of the file, or of a dry run. */
export function ImportReportView({ run, onAnotherFile }: ImportReportViewProps) {
  const { t } = useTranslation('clients')
  const fieldOf = useFieldWords()
  const { draft, report, refusals } = run
  const kind = report.dryRun ? 'checked' : 'report'
  return (
    <>
      {report.dryRun ? (
        <Text pb="md" role="status">
          {t('importing.checked.note')}
        </Text>
      ) : null}
      <Group align="flex-end" gap="xl" pb="md">
        <ReportNumbers
          numbers={figures.map((name) => ({
            label: t(`importing.report.${name}`),
            title: t(`importing.report.${name}Hint`),
            value: report[name],
            bad: name === 'refused',
          }))}
        />
        <Group gap="xs" ml="auto">
          {refusals.length === 0 ? null : (
            <SaveRefusalsButton refusals={refusals} fieldOf={fieldOf} readName={draft.table.file.name} />
          )}
          {report.dryRun ? (
            <>
              <Button variant="default" onClick={clearImport}>
                {t('importing.checked.back')}
              </Button>
              <Button onClick={() => void startImport(draft, false)}>{t('importing.checked.start')}</Button>
            </>
          ) : (
            <>
              <Button
                variant="default"
                onClick={() => {
                  onAnotherFile()
                  clearImport()
                }}
              >
                {t('importing.anotherFile')}
              </Button>
              <Button component={Link} to="/clients" onClick={clearImport}>
                {t('importing.toClients')}
              </Button>
            </>
          )}
        </Group>
      </Group>
      {refusals.length === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t(`importing.${kind}.allTaken`)}>
          {t(`importing.${kind}.next`)}
        </EmptyState>
      ) : (
        <RefusalTable refusals={refusals} fieldOf={fieldOf} />
      )}
    </>
  )
}

/** The name of a refused field on the screen and in the saved file. */
function useFieldWords() {
  const { t } = useTranslation('clients')
  return useCallback(
    ({ field }: RefusedLine) =>
      field === '' ? t('importing.report.wholeLine') : isTarget(field) ? t(`fields.${field}`) : field,
    [t],
  )
}

function isTarget(field: string): field is ColumnTarget {
  return (columnTargets as readonly string[]).includes(field)
}
