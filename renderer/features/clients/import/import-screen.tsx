import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assertNever } from '#shared/domain/assert-never.ts'
import { takeDroppedFile, useDroppedFile } from '../../../components/dropped-file.ts'
import { showProblem } from '../../../components/notice.ts'
import { Page } from '../../../components/page.tsx'
import { ChooseFile } from './choose-file.tsx'
import { ImportFailure } from './import-failure.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportReportView } from './import-report.tsx'
import { clearImport, type ImportDraft, type ImportRun, useImportRun } from './import-run.ts'
import { MapColumns } from './map-columns.tsx'

/** Imports clients from a file: choose, map the columns, check, watch, read the report. */
export function ImportScreen() {
  const { t } = useTranslation('clients')
  const run = useImportRun()
  const [draft, setDraft] = useState<ImportDraft | null>(run.kind === 'none' ? null : run.draft)
  useMakeRoom(run, () => setDraft(null))
  return (
    <Page
      title={t('importing.title')}
      layout={run.kind === 'done' ? 'table' : run.kind === 'none' && draft !== null ? 'wide' : 'form'}
      aside={
        run.kind === 'done' ? (
          <Text c="dimmed">
            {t('importing.report.title', { file: run.draft.table.file.name, count: run.report.total })}
          </Text>
        ) : null
      }
      back={{ to: '/clients', label: t('title') }}
    >
      {run.kind !== 'none' ? (
        <RunView run={run} onAnotherFile={() => setDraft(null)} />
      ) : draft === null ? (
        <ChooseFile onOpened={(table) => setDraft({ table, columns: table.columns, onKnown: 'update' })} />
      ) : (
        <MapColumns draft={draft} onChange={setDraft} onAnotherFile={() => setDraft(null)} />
      )}
    </Page>
  )
}

/** A dropped file replaces the present one, unless an import is running. */
function useMakeRoom(run: ImportRun, onRoom: () => void): void {
  const { t } = useTranslation(['shell', 'errors'])
  const offered = useDroppedFile()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each file makes room once
  useEffect(() => {
    if (offered === null) return
    if (run.kind === 'running') {
      takeDroppedFile()
      showProblem({ title: t('drop.notNow'), advice: t('errors:import_running') })
      return
    }
    clearImport()
    onRoom()
  }, [offered])
}

interface RunViewProps {
  readonly run: Exclude<ImportRun, { readonly kind: 'none' }>
  onAnotherFile(): void
}

function RunView({ run, onAnotherFile }: RunViewProps) {
  switch (run.kind) {
    case 'running':
      return <ImportProgress run={run} />
    case 'done':
      return <ImportReportView run={run} onAnotherFile={onAnotherFile} />
    case 'cancelled':
    case 'failed':
      return <ImportFailure run={run} />
    default:
      return assertNever(run)
  }
}
