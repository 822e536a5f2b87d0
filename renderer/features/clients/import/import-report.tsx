import { Button, Group } from '@mantine/core'
import { IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ImportReport, Refusal } from '#shared/contract/clients.ts'
import { type ColumnTarget, columnTargets } from '#shared/domain/import-columns.ts'
import { translateReason } from '../../../api/reasons.ts'
import { useFormat } from '../../../components/format.ts'
import { EmptyState } from '../../../components/states.tsx'
import { type Column, VirtualTable } from '../../../components/virtual-table.tsx'
import classes from './import.module.css'
import { forgetImport } from './import-run.ts'
import { saveRefusals } from './save-refusals.ts'

interface ImportReportViewProps {
  readonly fileName: string
  readonly report: ImportReport
  onAnotherFile(): void
}

/** What became of every line of the file. */
export function ImportReportView({ fileName, report, onAnotherFile }: ImportReportViewProps) {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const words = useRefusalWords()
  const columns = useRefusalColumns()
  const titles = columns.map((column) => column.title)
  const numbers = ['created', 'updated', 'skipped', 'refused'] as const
  return (
    <>
      <Group align="flex-end" gap="xl" pb="md">
        <dl className={classes.numbers}>
          {numbers.map((name) => (
            <div key={name} data-bad={(name === 'refused' && report.refused > 0) || undefined}>
              <dt>{t(`importing.report.${name}`)}</dt>
              <dd>{format.number(report[name])}</dd>
            </div>
          ))}
        </dl>
        <Group gap="xs" ml="auto">
          {report.refusals.length === 0 ? null : (
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => saveRefusals(report.refusals, titles, fileName, words)}
            >
              {t('importing.report.download')}
            </Button>
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
      {report.refusals.length === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t('importing.report.allTaken')}>
          {t('importing.report.next')}
        </EmptyState>
      ) : (
        <VirtualTable
          label={t('importing.report.refusals')}
          columns={columns}
          rows={report.refusals}
          rowKey={(refusal) => `${refusal.line} ${refusal.field}`}
        />
      )}
    </>
  )
}

/** What the screen and the saved file say of a line that was not taken. */
function useRefusalWords() {
  const { t } = useTranslation('clients')
  const { t: shell } = useTranslation('shell')
  return useMemo(
    () => ({
      field: ({ field }: Refusal) =>
        field === '' ? t('importing.report.wholeLine') : isTarget(field) ? t(`fields.${field}`) : field,
      reason: ({ reason }: Refusal) => translateReason(reason, shell),
    }),
    [t, shell],
  )
}

function useRefusalColumns(): readonly Column<Refusal>[] {
  const { t } = useTranslation('clients')
  const words = useRefusalWords()
  const format = useFormat()
  return useMemo(
    () => [
      {
        key: 'line',
        title: t('importing.report.line'),
        width: '6rem',
        align: 'end',
        cell: (refusal) => format.number(refusal.line),
      },
      {
        key: 'field',
        title: t('importing.report.field'),
        width: '10rem',
        cell: words.field,
      },
      {
        key: 'value',
        title: t('importing.report.value'),
        width: 'minmax(10rem, 1fr)',
        cell: (refusal) => <span title={refusal.value}>{refusal.value}</span>,
      },
      {
        key: 'reason',
        title: t('importing.report.reason'),
        width: 'minmax(16rem, 3fr)',
        cell: (refusal) => {
          const reason = words.reason(refusal)
          return <span title={reason}>{reason}</span>
        },
      },
    ],
    [t, words, format],
  )
}

function isTarget(field: string): field is ColumnTarget {
  return (columnTargets as readonly string[]).includes(field)
}
