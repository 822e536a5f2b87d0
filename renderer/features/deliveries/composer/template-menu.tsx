import { ActionIcon, Button, Group, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { IconChevronDown, IconTemplate, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../api/queries.ts'
import { PopoverButton } from '../../../components/popover-button.tsx'
import { showUndoable } from '../../../components/undo-notice.tsx'
import classes from './template-menu.module.css'

interface TemplateMenuProps {
  readonly text: string
  /** Replaces the whole text. */
  onUse(text: string): void
}

/** The saved texts: use one, save the present one, delete one. */
export function TemplateMenu({ text, onUse }: TemplateMenuProps) {
  const { t } = useTranslation('deliveries')
  const templates = useQuery(orpc.templates.list.queryOptions()).data
  return (
    <PopoverButton
      label={t('composer.templates.button')}
      leftSection={<IconTemplate size={14} aria-hidden="true" />}
      rightSection={<IconChevronDown size={14} aria-hidden="true" />}
      width={360}
    >
      {(close) => (
        <Stack gap="sm">
          {templates?.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('composer.templates.none')}
            </Text>
          ) : (
            <ScrollArea.Autosize mah={280} type="auto">
              <ul className={classes.list} aria-label={t('composer.templates.button')}>
                {templates?.map((template) => (
                  <li key={template.id} className={classes.item}>
                    <button
                      type="button"
                      className={classes.take}
                      title={template.text}
                      onClick={() => {
                        close()
                        onUse(template.text)
                      }}
                    >
                      <span className={classes.name}>{template.name}</span>
                      <span className={classes.text}>{template.text}</span>
                    </button>
                    <DeleteTemplate template={template} />
                  </li>
                ))}
              </ul>
            </ScrollArea.Autosize>
          )}
          {text.trim() === '' ? null : <SaveTemplate text={text} existing={templates?.map(({ name }) => name) ?? []} />}
        </Stack>
      )}
    </PopoverButton>
  )
}

function DeleteTemplate({
  template,
}: {
  readonly template: { readonly id: number; readonly name: string; readonly text: string }
}) {
  const { t } = useTranslation('deliveries')
  const keep = useMutation(orpc.templates.keep.mutationOptions())
  const remove = useMutation(
    orpc.templates.delete.mutationOptions({
      onSuccess: () =>
        showUndoable(t('composer.templates.removed', { name: template.name }), () =>
          keep.mutate({ name: template.name, text: template.text }),
        ),
    }),
  )
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t('composer.templates.remove', { name: template.name })}
      title={t('composer.templates.remove', { name: template.name })}
      loading={remove.isPending}
      onClick={() => remove.mutate({ id: template.id })}
    >
      <IconTrash size={16} />
    </ActionIcon>
  )
}

interface SaveTemplateProps {
  readonly text: string
  /** The names of the saved templates. */
  readonly existing: readonly string[]
}

function SaveTemplate({ text, existing }: SaveTemplateProps) {
  const { t } = useTranslation('deliveries')
  const [name, setName] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const keep = useMutation(
    orpc.templates.keep.mutationOptions({
      onSuccess() {
        setName('')
        // The button is disabled now, and the focus would be lost with it.
        field.current?.focus()
      },
    }),
  )
  const isReplaced = existing.includes(name.trim())
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        ref={field}
        flex={1}
        label={t('composer.templates.keepAs')}
        description={isReplaced ? t('composer.templates.replaces') : null}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        disabled={name.trim() === ''}
        loading={keep.isPending}
        onClick={() => keep.mutate({ name: name.trim(), text })}
      >
        {t(isReplaced ? 'composer.templates.replace' : 'composer.templates.keep')}
      </Button>
    </Group>
  )
}
