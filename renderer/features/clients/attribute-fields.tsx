import { ActionIcon, Autocomplete, Button, Group, Input, Stack, TextInput } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ClientFormState } from './use-client-form.ts'

interface AttributeFieldsProps {
  readonly form: ClientFormState
  /** Attribute names that other clients have. */
  readonly suggestions: readonly string[]
}

/** A client's attributes for merge variables: a name and a value each. */
export function AttributeFields({ form, suggestions }: AttributeFieldsProps) {
  const { t } = useTranslation('clients')
  const used = new Set(form.values.attributes.map((attribute) => attribute.name))
  return (
    <Input.Wrapper
      label={t('attributes.label')}
      description={t('attributes.hint', { example: '{{ city }}' })}
      labelElement="div"
    >
      <Stack gap="xs" mt="xs" align="flex-start">
        {form.values.attributes.map(({ key, name }, index) => (
          <Group key={key} gap="xs" wrap="nowrap" align="flex-start" w="100%">
            <Autocomplete
              aria-label={t('attributes.name')}
              placeholder={t('attributes.name')}
              flex={2}
              data={suggestions.filter((each) => each === name || !used.has(each))}
              {...form.getInputProps(`attributes.${index}.name`)}
            />
            <TextInput
              aria-label={t('attributes.value')}
              placeholder={t('attributes.value')}
              flex={3}
              {...form.getInputProps(`attributes.${index}.value`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('attributes.remove')}
              onClick={() => form.removeListItem('attributes', index)}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          leftSection={<IconPlus size={15} />}
          onClick={() => form.insertListItem('attributes', { key: randomId(), name: '', value: '' })}
        >
          {t('attributes.add')}
        </Button>
      </Stack>
    </Input.Wrapper>
  )
}
