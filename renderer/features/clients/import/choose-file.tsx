import { Alert, Anchor, Button, FileButton, Stack, Text, Title } from '@mantine/core'
import { IconFileTypeCsv } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileDrop } from '../../../components/file-drop.tsx'
import { saveCsvFile } from '../../../components/save-csv-file.ts'
import { type CsvTable, openCsv } from './csv-file.ts'
import classes from './import.module.css'

/** The words a newcomer may save as a file to try the import. */
const exampleCsv = 'phone;name;tags;timezone;city\n+7 900 123-45-67;Anna;vip;Europe/Moscow;Moscow\n'

/** Where a file is chosen or dropped. */
export function ChooseFile({ onOpened }: { onOpened(table: CsvTable): void }) {
  const { t } = useTranslation('clients')
  const [opening, setOpening] = useState(false)
  const [problem, setProblem] = useState<'empty' | 'unreadable' | null>(null)

  async function open(file: File) {
    setOpening(true)
    setProblem(null)
    try {
      const table = await openCsv(file)
      if (table.sample.length === 0) setProblem('empty')
      else onOpened(table)
    } catch {
      // A file may vanish or be forbidden between the choice and the reading; the remedy is the same.
      setProblem('unreadable')
    } finally {
      setOpening(false)
    }
  }

  return (
    <Stack gap="md">
      <FileDrop label={t('importing.choose.title')} onFile={(file) => void open(file)}>
        <IconFileTypeCsv size={36} stroke={1.25} className={classes.dropIcon ?? ''} aria-hidden="true" />
        <Title order={2}>{t('importing.choose.title')}</Title>
        <Text c="dimmed" ta="center" maw={480}>
          {t('importing.choose.advice')}
        </Text>
        <FileButton accept=".csv,.txt,.tsv,text/csv" onChange={(file) => file !== null && void open(file)}>
          {(props) => (
            <Button {...props} mt="sm" loading={opening}>
              {t('importing.choose.button')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          <Anchor
            component="button"
            type="button"
            size="xs"
            onClick={() => saveCsvFile('herald-example.csv', exampleCsv)}
          >
            {t('importing.choose.example')}
          </Anchor>
        </Text>
      </FileDrop>
      {problem === null ? null : (
        <Alert color="red" role="alert" title={t(`importing.problems.${problem}.title`)}>
          {t(`importing.problems.${problem}.advice`)}
        </Alert>
      )}
    </Stack>
  )
}
