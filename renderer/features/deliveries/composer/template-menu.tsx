import { ActionIcon, Button, Group, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { IconChevronDown, IconTemplate, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../api/queries.ts'
import { showUndoable } from '../../../components/undo-notice.tsx'
import classes from './template-menu.module.css'

interface TemplateMenuProps {
  readonly text: string
  /** Puts a whole text in place of the one that stands there. */
  onTake(text: string): void
}

/** Texts that were kept: take one, keep the present one, let one go. */
export function TemplateMenu({ text, onTake }: TemplateMenuProps) {
  const { t } = useTranslation('deliveries')
  const [opened, setOpened] = useState(false)
  const templates = useQuery(orpc.templates.list.queryOptions()).data
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-end" width={360} withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconTemplate size={14} aria-hidden="true" />}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t('composer.templates.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
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
                        setOpened(false)
                        onTake(template.text)
                      }}
                    >
                      <span className={classes.name}>{template.name}</span>
                      <span className={classes.text}>{template.text}</span>
                    </button>
                    <Remove template={template} />
                  </li>
                ))}
              </ul>
            </ScrollArea.Autosize>
          )}
          {text.trim() === '' ? null : <Keep text={text} known={templates?.map(({ name }) => name) ?? []} />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function Remove({
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

function Keep({ text, known }: { readonly text: string; readonly known: readonly string[] }) {
  const { t } = useTranslation('deliveries')
  const [name, setName] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const keep = useMutation(
    orpc.templates.keep.mutationOptions({
      onSuccess() {
        setName('')
        // The button rests now, and would take the focus with it.
        field.current?.focus()
      },
    }),
  )
  const isKnown = known.includes(name.trim())
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        ref={field}
        flex={1}
        label={t('composer.templates.keepAs')}
        description={isKnown ? t('composer.templates.replaces') : null}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        disabled={name.trim() === ''}
        loading={keep.isPending}
        onClick={() => keep.mutate({ name: name.trim(), text })}
      >
        {t(isKnown ? 'composer.templates.replace' : 'composer.templates.keep')}
      </Button>
    </Group>
  )
}
