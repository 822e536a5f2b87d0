import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusedLine } from '#shared/contract/clients.ts'
import { translateError } from '../api/error-translations.ts'
import { useFormat } from './format.ts'
import { saveTable } from './save-table.ts'
import type { TableColumn } from './table/table-props.ts'
import { VirtualTable } from './table/virtual-table.tsx'

interface RefusalsProps {
  readonly refusals: readonly RefusedLine[]
  /** The name of the refused field, if there are several. Must be a stable function. */
  readonly fieldOf?: ((refusal: RefusedLine) => string) | undefined
}

/** The refused lines, each with its reason. */
export function RefusalTable({ refusals, fieldOf }: RefusalsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = useMemo<readonly TableColumn<RefusedLine>[]>(
    () => [
      {
        key: 'line',
        title: t('refusals.line'),
        width: '6rem',
        align: 'end',
        cell: (refusal) => format.number(refusal.line),
      },
      ...(fieldOf === undefined
        ? []
        : [{ key: 'field', title: t('refusals.field'), width: '10rem', cell: fieldOf } as const]),
      {
        key: 'value',
        title: t('refusals.value'),
        width: 'minmax(10rem, 1fr)',
        cell: (refusal) => <span title={refusal.value}>{refusal.value}</span>,
      },
      {
        key: 'reason',
        title: t('refusals.reason'),
        width: 'minmax(16rem, 3fr)',
        cell: (refusal) => {
          const reason = translateError(refusal, t)
          return <span title={reason}>{reason}</span>
        },
      },
    ],
    [t, format, fieldOf],
  )
  // One line may contain several invalid phones, so that no field of a refusal is a unique key.
  const places = useMemo(() => new Map(refusals.map((refusal, place) => [refusal, place])), [refusals])
  return (
    <VirtualTable
      label={t('refusals.label')}
      columns={columns}
      rows={refusals}
      rowKey={(refusal) => places.get(refusal) ?? refusal.line}
    />
  )
}

interface SaveRefusalsProps extends RefusalsProps {
  /** The name of the file that was read; the saved file's name is derived from it. */
  readonly readName: string
}

/** Saves the refused lines as a file, to correct and import them again. */
export function SaveRefusalsButton({ refusals, fieldOf, readName }: SaveRefusalsProps) {
  const { t } = useTranslation()
  const titles = [
    t('refusals.line'),
    ...(fieldOf === undefined ? [] : [t('refusals.field')]),
    t('refusals.value'),
    t('refusals.reason'),
  ]
  const cells = (refusal: RefusedLine) => [
    refusal.line,
    ...(fieldOf === undefined ? [] : [fieldOf(refusal)]),
    refusal.value,
    translateError(refusal, t),
  ]
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      onClick={() => saveTable(`${readName.replace(/\.[^.]*$/, '')}-refused.csv`, titles, refusals.map(cells))}
    >
      {t('refusals.download')}
    </Button>
  )
}
