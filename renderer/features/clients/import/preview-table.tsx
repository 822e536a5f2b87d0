import { ScrollArea, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ColumnMeaning } from '#shared/domain/import-columns.ts'
import { type ColumnChoice, choiceOf } from './column-choice.ts'
import { ColumnSelect } from './column-select.tsx'
import classes from './import.module.css'
import type { OpenedTable } from './opened-table.ts'

interface PreviewTableProps {
  readonly table: OpenedTable
  readonly columns: readonly ColumnMeaning[]
  onChoose(index: number, choice: ColumnChoice): void
}

/** The first rows of the file, below a select of what each column means. */
export function PreviewTable({ table, columns, onChoose }: PreviewTableProps) {
  const { t } = useTranslation('clients')
  return (
    <ScrollArea type="auto" offsetScrollbars="x" className={classes.preview ?? ''}>
      <Table
        verticalSpacing={6}
        horizontalSpacing="sm"
        withColumnBorders
        fz="sm"
        aria-label={t('importing.columns.label')}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((meaning, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file; titles may repeat
              <Table.Th key={index} miw={200} fw={400} py="xs">
                <Text size="sm" fw={600} truncate mb={6} title={table.header[index]}>
                  {table.header[index] === ''
                    ? t('importing.columns.untitled', { number: index + 1 })
                    : table.header[index]}
                </Text>
                <ColumnSelect
                  title={table.header[index] ?? ''}
                  choice={choiceOf(meaning)}
                  onChoose={(choice) => onChoose(index, choice)}
                />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.sample.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the sample never changes its order
            <Table.Tr key={line}>
              {columns.map((meaning, index) => (
                <Table.Td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
                  key={index}
                  className={classes.sample ?? ''}
                  data-ignored={meaning.kind === 'ignored' || undefined}
                  title={row[index]}
                >
                  {row[index]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
