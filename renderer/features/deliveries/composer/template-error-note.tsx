import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { translateError } from '../../../api/error-translations.ts'
import { Note } from '../../../components/note.tsx'
import { lineAt } from './merge-variables.ts'
import classes from './template-error-note.module.css'
import type { PreviewAnswer } from './use-preview.ts'

interface TemplateErrorNoteProps {
  readonly problem: NonNullable<PreviewAnswer['problem']>
  /** The text that contains the problem. */
  readonly text: string
  readonly onShow: (offset: number) => void
}

/** A template error with the line it is in. */
export function TemplateErrorNote({ problem, text, onShow }: TemplateErrorNoteProps) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const { before, after, offset } = lineAt(text, problem.line, problem.column)
  return (
    <Note
      tone="bad"
      icon={IconAlertTriangle}
      title={t('composer.text.problemTitle', { line: problem.line, column: problem.column })}
      role="alert"
    >
      {translateError(problem, shell)}
      <pre className={classes.excerpt}>
        {before}
        <mark>{after === '' ? ' ' : after}</mark>
      </pre>
      <Button variant="default" size="compact-sm" onClick={() => onShow(offset)}>
        {t('composer.text.problemShow')}
      </Button>
    </Note>
  )
}
