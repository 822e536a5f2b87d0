import { Button, Group } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ImportReport, Refusal } from '#shared/contract/clients.ts'
import { type ColumnTarget, columnTargets } from '#shared/domain/import-columns.ts'
import { RefusalTable, SaveRefusalsButton } from '../../../components/refusals.tsx'
import { ReportNumbers } from '../../../components/report-numbers.tsx'
import { EmptyState } from '../../../components/states.tsx'
import { forgetImport } from './import-run.ts'

interface ImportReportViewProps {
  readonly fileName: string
  readonly report: ImportReport
  onAnotherFile(): void
}

/** What became of every line of the file. */
export function ImportReportView({ fileName, report, onAnotherFile }: ImportReportViewProps) {
  const { t } = useTranslation('clients')
  const fieldOf = useFieldWords()
  const { refusals } = report
  return (
    <>
      <Group align="flex-end" gap="xl" pb="md">
        <ReportNumbers
          numbers={(['created', 'updated', 'skipped', 'refused'] as const).map((name) => ({
            label: t(`importing.report.${name}`),
            value: report[name],
            bad: name === 'refused',
          }))}
        />
        <Group gap="xs" ml="auto">
          {refusals.length === 0 ? null : (
            <SaveRefusalsButton refusals={refusals} fieldOf={fieldOf} readName={fileName} />
          )}
          <Button
            variant="default"
            onClick={() => {
              onAnotherFile()
              forgetImport()
            }}
          >
            {t('importing.anotherFile')}
          </Button>
          <Button component={Link} to="/clients" onClick={forgetImport}>
            {t('importing.toClients')}
          </Button>
        </Group>
      </Group>
      {refusals.length === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t('importing.report.allTaken')}>
          {t('importing.report.next')}
        </EmptyState>
      ) : (
        <RefusalTable refusals={refusals} fieldOf={fieldOf} />
      )}
    </>
  )
}

/** What the screen and the saved file call the field at fault. */
function useFieldWords() {
  const { t } = useTranslation('clients')
  return useCallback(
    ({ field }: Refusal) =>
      field === '' ? t('importing.report.wholeLine') : isTarget(field) ? t(`fields.${field}`) : field,
    [t],
  )
}

function isTarget(field: string): field is ColumnTarget {
  return (columnTargets as readonly string[]).includes(field)
}
