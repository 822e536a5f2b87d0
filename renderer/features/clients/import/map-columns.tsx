import { Alert, Button, Group, Radio, ScrollArea, Select, Stack, Table, Text, Title } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ColumnMeaning, guessColumns } from '#shared/domain/import-columns.ts'
import { useFormat } from '../../../components/format.ts'
import { type ColumnChoice, choiceOf, columnChoices, hasPhone, withChoice } from './column-choice.ts'
import type { CsvTable } from './csv-file.ts'
import classes from './import.module.css'
import { type OnKnown, startImport } from './import-run.ts'

interface MapColumnsProps {
  readonly table: CsvTable
  onAnotherFile(): void
}

/** What each column of the file is, seen beside its first rows. */
export function MapColumns({ table, onAnotherFile }: MapColumnsProps) {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const [columns, setColumns] = useState<readonly ColumnMeaning[]>(() => guessColumns(table.header))
  const [onKnown, setOnKnown] = useState<OnKnown>('update')
  const ready = hasPhone(columns)
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Text fw={600}>{table.file.name}</Text>
        <Text c="dimmed">{format.bytes(table.file.size)}</Text>
        <Button variant="subtle" onClick={onAnotherFile}>
          {t('importing.anotherFile')}
        </Button>
      </Group>
      {table.encoding !== 'windows-1251' ? null : (
        <Alert variant="light" icon={<IconInfoCircle />} title={t('importing.windows1251.title')}>
          {t('importing.windows1251.advice')}
        </Alert>
      )}
      <section>
        <Title order={2}>{t('importing.columns.title')}</Title>
        <Text c="dimmed" mb="sm">
          {t('importing.columns.advice')}
        </Text>
        <ScrollArea type="auto" offsetScrollbars="x" className={classes.preview ?? ''}>
          <Table verticalSpacing={6} horizontalSpacing="sm" withColumnBorders fz="sm">
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
                      onChoose={(choice) => setColumns((old) => withChoice(old, table.header, index, choice))}
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
      </section>
      <Radio.Group
        label={t('importing.known.label')}
        value={onKnown}
        onChange={(value) => setOnKnown(value === 'skip' ? 'skip' : 'update')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="update" label={t('importing.known.update')} />
          <Radio value="skip" label={t('importing.known.skip')} />
        </Stack>
      </Radio.Group>
      <Group>
        <Button disabled={!ready} onClick={() => void startImport({ csv: table.file, columns, onKnown })}>
          {t('importing.start')}
        </Button>
        {ready ? null : (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t('importing.columns.noPhone')}
          </Text>
        )}
      </Group>
    </Stack>
  )
}

interface ColumnSelectProps {
  readonly title: string
  readonly choice: ColumnChoice
  onChoose(choice: ColumnChoice): void
}

function ColumnSelect({ title, choice, onChoose }: ColumnSelectProps) {
  const { t } = useTranslation('clients')
  const untitled = title.trim() === ''
  return (
    <Select
      aria-label={t('importing.columns.meaningOf', { title })}
      allowDeselect={false}
      data={columnChoices.map((value) => ({
        value,
        label: t(`importing.choices.${value}`),
        // An attribute goes by its column's title.
        disabled: value === 'attribute' && untitled,
      }))}
      value={choice}
      onChange={(value) => {
        const chosen = columnChoices.find((each) => each === value)
        if (chosen !== undefined) onChoose(chosen)
      }}
    />
  )
}
