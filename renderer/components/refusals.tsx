import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusedLine } from '#shared/contract/clients.ts'
import { translateReason } from '../api/reasons.ts'
import { useFormat } from './format.ts'
import { saveTable } from './save-table.ts'
import type { TableColumn } from './table/table-props.ts'
import { VirtualTable } from './table/virtual-table.tsx'

interface RefusalsProps {
  readonly refusals: readonly RefusedLine[]
  /** The field at fault in words, where there is more than one to choose from. Keep its identity. */
  readonly fieldOf?: ((refusal: RefusedLine) => string) | undefined
}

/** The lines that were not taken, each with its reason. */
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
          const reason = translateReason(refusal.reason, t)
          return <span title={reason}>{reason}</span>
        },
      },
    ],
    [t, format, fieldOf],
  )
  // One line may hold several phones that are none, so that no part of a refusal tells it from the others.
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
  /** What was read: the saved file's name comes of it. */
  readonly readName: string
}

/** Saves the lines that were not taken, to be mended and given again. */
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
    translateReason(refusal.reason, t),
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
