import { ActionIcon, Group, Input, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { measureText } from '#shared/domain/text-segments.ts'
import { translateError } from '../../../api/error-translations.ts'
import { useFormat } from '../../../components/format.ts'
import { AudienceLengths } from './audience-lengths.tsx'
import classes from './preview-panel.module.css'
import { TestMessageButton } from './test-message-button.tsx'
import { TextLengthNote } from './text-length-note.tsx'
import type { LengthsCount } from './use-lengths.ts'
import type { Preview } from './use-preview.ts'

interface PreviewPanelProps {
  readonly preview: Preview
  readonly lengths: LengthsCount
  /** The text as it is in the composer now. */
  readonly text: string
}

/** The text as real clients receive it, one at a time, and its length for all of them. */
export function PreviewPanel({ preview, lengths, text }: PreviewPanelProps) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const [position, setPosition] = useState(0)
  const { answer } = preview
  const samples = answer?.samples ?? []
  const index = Math.min(position, Math.max(0, samples.length - 1))
  const sample = samples[index]

  return (
    <aside
      className={classes.panel}
      aria-label={t('composer.preview.title')}
      data-stale={!preview.isCurrent || undefined}
    >
      <Group justify="space-between" gap={4} mih={22}>
        <Input.Label component="div">{t('composer.preview.title')}</Input.Label>
        {samples.length < 2 ? null : (
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              size="sm"
              disabled={index === 0}
              aria-label={t('composer.preview.previous')}
              onClick={() => setPosition(index - 1)}
            >
              <IconChevronLeft size={16} />
            </ActionIcon>
            <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {t('composer.preview.of', { index: index + 1, total: samples.length })}
            </Text>
            <ActionIcon
              variant="subtle"
              size="sm"
              disabled={index === samples.length - 1}
              aria-label={t('composer.preview.next')}
              onClick={() => setPosition(index + 1)}
            >
              <IconChevronRight size={16} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      {sample === undefined ? (
        <Text size="sm" c="dimmed">
          {t(`composer.preview.${reasonForNothing(preview)}`)}
        </Text>
      ) : (
        <>
          <Text size="xs" c="dimmed">
            {sample.name === ''
              ? t('composer.preview.toNameless', { phone: format.phone(sample.phone) })
              : t('composer.preview.to', { name: sample.name, phone: format.phone(sample.phone) })}
          </Text>
          {sample.error === null ? (
            <div className={classes.bubble}>{sample.text}</div>
          ) : (
            <Text size="sm" c="red">
              {t('composer.preview.renderFailed', { error: translateError(sample.error, shell) })}
            </Text>
          )}
          {sample.error === null ? <TextLengthNote length={measureText(sample.text)} /> : null}
        </>
      )}
      <Group>
        <TestMessageButton text={text} client={sample ?? null} />
      </Group>
      <AudienceLengths count={lengths} />
    </aside>
  )
}

function reasonForNothing({ answer }: Preview): 'empty' | 'broken' | 'nobody' {
  if (answer === null) return 'empty'
  return answer.problem === null ? 'nobody' : 'broken'
}
