import { Alert, Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconFileText, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../api/errors.ts'
import { FileDrop } from '../../components/file-drop.tsx'
import { useFormat } from '../../components/format.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { type AddRun, clearAdding, startAdding } from './add-run.ts'
import classes from './do-not-contact.module.css'

interface PhonesFormProps {
  readonly run: Exclude<AddRun, { readonly kind: 'done' }>
}

/** A form for phones to add: pasted, or in a file. */
export function PhonesForm({ run }: PhonesFormProps) {
  const { t } = useTranslation('do-not-contact')
  const { t: shell } = useTranslation('shell')
  const [text, setText] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const busy = run.kind === 'running'
  const problem = run.kind === 'failed' ? describeError(run.error, shell) : null
  const phones = file ?? text

  function choose(chosen: File | null) {
    clearAdding()
    setFile(chosen)
  }

  return (
    <Stack gap="md" align="stretch">
      {file === null ? (
        <FileDrop compact label={t('form.drop')} onFile={choose}>
          <Textarea
            className={classes.phones ?? ''}
            w="100%"
            label={t('form.phones')}
            description={t('form.phonesHint')}
            placeholder={'+7 900 123-45-67\n8 (911) 765-43-21; 79031112233'}
            rows={12}
            spellCheck={false}
            autoComplete="off"
            readOnly={busy}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className={classes.dropLine}>
            {t('form.drop')}
            <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={choose}>
              {(props) => (
                <Button {...props} variant="default" disabled={busy}>
                  {t('form.choose')}
                </Button>
              )}
            </FileButton>
          </div>
        </FileDrop>
      ) : (
        <ChosenFile file={file} busy={busy} onRemove={() => choose(null)} />
      )}
      <Text c="dimmed">{t('form.consequence')}</Text>
      {problem === null ? null : (
        <Alert color="red" role="alert" title={problem.title}>
          <Text size="sm">{problem.advice}</Text>
          <Text size="sm">{t('failed')}</Text>
        </Alert>
      )}
      <Group gap="sm" wrap="nowrap">
        <Button
          flex="none"
          loading={busy}
          disabled={file === null && text.trim() === ''}
          onClick={() => void startAdding(phones)}
        >
          {t('form.submit')}
        </Button>
        <Text c="dimmed" role="status">
          {busy ? t('form.busy') : null}
        </Text>
      </Group>
    </Stack>
  )
}

interface ChosenFileProps {
  readonly file: File
  readonly busy: boolean
  onRemove(): void
}

function ChosenFile({ file, busy, onRemove }: ChosenFileProps) {
  const { t } = useTranslation('do-not-contact')
  const format = useFormat()
  return (
    <fieldset className={classes.file} aria-label={t('form.file')}>
      <IconFileText size={22} stroke={1.5} aria-hidden="true" />
      <span className={classes.fileName} title={file.name}>
        {file.name}
      </span>
      <Text c="dimmed" flex={1} span>
        {format.bytes(file.size)}
      </Text>
      <IconButton icon={IconX} color="gray" tooltip={t('form.removeFile')} disabled={busy} onClick={onRemove} />
    </fieldset>
  )
}
