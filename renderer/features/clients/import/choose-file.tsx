import { Anchor, Button, FileButton, Stack, Text, Title } from '@mantine/core'
import { IconTableImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contractErrorOf, describeError, type Problem } from '../../../api/errors.ts'
import { takeDroppedFile, useDroppedFile } from '../../../components/dropped-file.ts'
import { FileDrop } from '../../../components/file-drop.tsx'
import { saveCsv } from '../../../components/save-file.ts'
import { ProblemAlert } from '../../../components/states.tsx'
import classes from './import.module.css'
import { type OpenedTable, openTable } from './opened-table.ts'

/** An example file for new users to try the import. */
const exampleCsv = 'phone;name;tags;timezone;city\n+7 900 123-45-67;Anna;vip;Europe/Moscow;Moscow\n'

const kinds = '.csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Where a file is chosen or dropped. */
export function ChooseFile({ onOpened }: { onOpened(table: OpenedTable): void }) {
  const { t } = useTranslation('clients')
  const { t: shell } = useTranslation('shell')
  const [opening, setOpening] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const problemOf = (kind: 'empty' | 'unreadable') => ({
    title: t(`importing.problems.${kind}.title`),
    advice: t(`importing.problems.${kind}.advice`),
  })

  async function open(file: File) {
    setOpening(true)
    setProblem(null)
    try {
      const table = await openTable(file)
      if (table.sample.length === 0 && table.how.kind === 'text') setProblem(problemOf('empty'))
      else onOpened(table)
    } catch (error) {
      // A file may be deleted or locked between the choice and the reading. The engine reports its own errors about a
      // workbook.
      setProblem(contractErrorOf(error) === null ? problemOf('unreadable') : describeError(error, shell))
    } finally {
      setOpening(false)
    }
  }

  const offered = useDroppedFile()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each file is opened once
  useEffect(() => {
    const file = takeDroppedFile()
    if (file !== null) void open(file)
  }, [offered])

  return (
    <Stack gap="md">
      <FileDrop label={t('importing.choose.title')} onFile={(file) => void open(file)}>
        <IconTableImport size={36} stroke={1.25} className={classes.dropIcon ?? ''} aria-hidden="true" />
        <Title order={2}>{t('importing.choose.title')}</Title>
        <Text c="dimmed" ta="center" maw={480}>
          {t('importing.choose.advice')}
        </Text>
        <FileButton accept={kinds} onChange={(file) => file !== null && void open(file)}>
          {(props) => (
            <Button {...props} mt="sm" loading={opening}>
              {t('importing.choose.button')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          <Anchor component="button" type="button" size="xs" onClick={() => saveCsv('herald-example.csv', exampleCsv)}>
            {t('importing.choose.example')}
          </Anchor>
        </Text>
      </FileDrop>
      <ProblemAlert problem={problem} />
    </Stack>
  )
}
