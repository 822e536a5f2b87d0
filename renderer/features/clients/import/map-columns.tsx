import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ColumnMeaning, guessColumns } from '#shared/domain/import-columns.ts'
import { describeError, type Problem } from '../../../api/errors.ts'
import { useFormat } from '../../../components/format.ts'
import { ProblemAlert } from '../../../components/states.tsx'
import { hasField, withChoice } from './column-choice.ts'
import { ExistingClientChoice } from './existing-client-choice.tsx'
import { type ImportDraft, startImport } from './import-run.ts'
import { type ReadSettingsChange, reopenTable } from './opened-table.ts'
import { PreviewTable } from './preview-table.tsx'
import { ReadSettingsFields } from './read-settings.tsx'

interface MapColumnsProps {
  readonly draft: ImportDraft
  onChange(draft: ImportDraft): void
  onAnotherFile(): void
}

/** How the file is read and what each column means, above its first rows. */
export function MapColumns({ draft, onChange, onAnotherFile }: MapColumnsProps) {
  const { t } = useTranslation('clients')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const [isReading, setIsReading] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const { table, columns, onKnown } = draft
  const isReady = hasField(columns, 'phone') && table.sample.length > 0

  async function read(change: ReadSettingsChange) {
    setIsReading(true)
    setProblem(null)
    try {
      const reopened = await reopenTable(table, change)
      const isSame = JSON.stringify(reopened.header) === JSON.stringify(table.header)
      onChange({ ...draft, table: reopened, columns: isSame ? columns : reopened.columns })
    } catch (error) {
      setProblem(describeError(error, shell))
    } finally {
      setIsReading(false)
    }
  }

  function choose(chosen: readonly ColumnMeaning[]) {
    const needsTags = onKnown === 'addTags' || onKnown === 'replaceTags'
    onChange({ ...draft, columns: chosen, onKnown: needsTags && !hasField(chosen, 'tags') ? 'update' : onKnown })
  }

  return (
    <Stack gap="md">
      <Group gap="xs">
        <Text fw={600}>{table.file.name}</Text>
        <Text c="dimmed">{format.bytes(table.file.size)}</Text>
        <Button variant="subtle" onClick={onAnotherFile}>
          {t('importing.anotherFile')}
        </Button>
      </Group>
      <ReadSettingsFields how={table.how} disabled={isReading} onRead={(change) => void read(change)} />
      <ProblemAlert problem={problem} />
      <section aria-busy={isReading}>
        <Title order={2}>{t('importing.columns.title')}</Title>
        <Text c="dimmed" mb="sm">
          {table.isRecalled ? t('importing.columns.recalled') : t('importing.columns.advice')}{' '}
          {table.isRecalled ? (
            <Anchor component="button" type="button" onClick={() => choose(guessColumns(table.header))}>
              {t('importing.columns.guess')}
            </Anchor>
          ) : null}
        </Text>
        {table.sample.length === 0 ? (
          <Alert color="yellow" role="alert" title={t('importing.problems.empty.title')}>
            {t('importing.problems.empty.advice')}
          </Alert>
        ) : (
          <PreviewTable
            table={table}
            columns={columns}
            onChoose={(index, choice) => choose(withChoice(columns, table.header, index, choice))}
          />
        )}
      </section>
      <ExistingClientChoice
        value={onKnown}
        hasTags={hasField(columns, 'tags')}
        onChange={(choice) => onChange({ ...draft, onKnown: choice })}
      />
      <Group>
        <Button disabled={!isReady || isReading} onClick={() => void startImport(draft, false)}>
          {t('importing.start')}
        </Button>
        <Button variant="default" disabled={!isReady || isReading} onClick={() => void startImport(draft, true)}>
          {t('importing.check')}
        </Button>
        {hasField(columns, 'phone') ? (
          <Text size="sm" c="dimmed">
            {t('importing.checkHint')}
          </Text>
        ) : (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t('importing.columns.noPhone')}
          </Text>
        )}
      </Group>
    </Stack>
  )
}
