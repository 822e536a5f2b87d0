import { Code, Group, Input, Stack, Text, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../components/section.tsx'
import { MergeMenu } from './merge-menu.tsx'
import { insertAt } from './merge-variables.ts'
import { MissingValues } from './missing-values.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { TemplateErrorNote } from './template-error-note.tsx'
import { TemplateMenu } from './template-menu.tsx'
import classes from './text-section.module.css'
import { UnsendableTexts } from './unsendable-texts.tsx'
import type { LengthsCount } from './use-lengths.ts'
import type { Preview } from './use-preview.ts'

interface TextSectionProps {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly preview: Preview
  readonly lengths: LengthsCount
  readonly disabled: boolean
  readonly error: string | undefined
}

/** The text with a menu of variables, and a preview beside it. */
export function TextSection({ text, onChange, preview, lengths, disabled, error }: TextSectionProps) {
  const { t } = useTranslation('deliveries')
  const area = useRef<HTMLTextAreaElement>(null)
  // An example of a default value.
  const example = `{{ name | default: "${t('composer.text.friend')}" }}`

  function insert(piece: string): void {
    const field = area.current
    if (field === null) return
    field.focus()
    // The browser's insertion can be undone with Ctrl+Z; if it is refused, the text is changed directly.
    if (document.execCommand('insertText', false, piece)) return
    onChange(insertAt(text, field.selectionStart, field.selectionEnd, piece).text)
  }

  /** Replaces the whole text; Ctrl+Z undoes it. */
  function replace(newText: string): void {
    area.current?.select()
    insert(newText)
  }

  function show(offset: number): void {
    area.current?.focus()
    area.current?.setSelectionRange(offset, Math.min(offset + 1, text.length))
  }

  return (
    <Section title={t('composer.text.title')} look="row">
      <div className={classes.sides}>
        <Stack gap="xs">
          <Group justify="space-between" align="end" gap="xs">
            <Input.Label htmlFor="delivery-text">{t('composer.text.label')}</Input.Label>
            {disabled ? null : (
              <Group gap="xs">
                <TemplateMenu text={text} onUse={replace} />
                <MergeMenu onInsert={insert} />
              </Group>
            )}
          </Group>
          <Textarea
            id="delivery-text"
            ref={area}
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
            placeholder={t('composer.text.placeholder', { example })}
            classNames={{ input: classes.input ?? '' }}
            autosize
            minRows={9}
            maxRows={18}
            disabled={disabled}
            // A template error is shown below, with its line.
            error={error !== undefined && preview.answer?.problem != null ? true : error}
            spellCheck
          />
          {disabled ? null : (
            <>
              {preview.answer?.problem == null ? null : (
                <TemplateErrorNote problem={preview.answer.problem} text={preview.text} onShow={show} />
              )}
              <MissingValues missing={preview.answer?.missing ?? []} />
              <UnsendableTexts lengths={lengths.lengths} />
              <Text size="xs" c="dimmed">
                {t('composer.text.help')} <Code className={classes.example ?? ''}>{example}</Code>
              </Text>
            </>
          )}
        </Stack>
        <PreviewPanel preview={preview} lengths={lengths} text={text} />
      </div>
    </Section>
  )
}
