import { Button, Code, Group, Menu, ScrollArea, Text } from '@mantine/core'
import { IconBraces, IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mergeFields } from '#shared/domain/client-fields.ts'
import { orpc } from '../../../api/queries.ts'
import { placeholderFor } from './merge-variables.ts'

/** A menu of every variable that a text can use. */
export function MergeMenu({ onInsert }: { readonly onInsert: (piece: string) => void }) {
  const { t } = useTranslation('deliveries')
  const facets = useQuery(orpc.clients.facets.queryOptions())
  const attributes = facets.data?.attributes ?? []

  function item(variable: string, label: string) {
    const piece = placeholderFor(variable)
    return (
      <Menu.Item key={variable} onClick={() => onInsert(piece)}>
        <Group justify="space-between" wrap="nowrap" gap="lg">
          <Text size="sm" truncate>
            {label}
          </Text>
          <Code>{piece}</Code>
        </Group>
      </Menu.Item>
    )
  }

  return (
    // The text field takes the focus after an insertion, so the menu must not return it to its button.
    <Menu position="bottom-end" width={340} withinPortal returnFocus={false}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconBraces size={14} aria-hidden="true" />}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
          title={t('composer.text.insertHint')}
        >
          {t('composer.text.insert')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={320} type="auto">
          <Menu.Label>{t('composer.text.fields')}</Menu.Label>
          {[...mergeFields, 'phone' as const].map((field) => item(field, t(`composer.text.mergeFields.${field}`)))}
          <Menu.Label>{t('composer.text.attributes')}</Menu.Label>
          {attributes.map((attribute) => item(attribute, attribute))}
          {attributes.length > 0 ? null : (
            <Text size="xs" c="dimmed" px="sm" pb="xs">
              {t('composer.text.noAttributes')}
            </Text>
          )}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
