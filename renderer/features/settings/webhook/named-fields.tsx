import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { GatewayFormState } from '../use-gateway-form.ts'
import classes from './webhook.module.css'

interface NamedFieldsProps {
  readonly form: GatewayFormState
  readonly list: 'webhook.headers' | 'webhook.fields'
  readonly label?: string
  readonly words: { readonly name: string; readonly value: string; readonly add: string; readonly remove: string }
}

/** A list of names with a template each: headers, or form fields. */
export function NamedFields({ form, list, label, words }: NamedFieldsProps) {
  const { headers, fields } = form.values.webhook
  const rows = list === 'webhook.headers' ? headers : fields
  return (
    <Input.Wrapper label={label} labelElement="div" error={form.errors[list]} w="100%">
      <Stack gap="xs" mt={label === undefined ? 0 : 4} align="flex-start">
        {rows.map(({ key }, index) => (
          <Group key={key} gap="xs" wrap="nowrap" align="flex-start" w="100%">
            <TextInput
              aria-label={words.name}
              placeholder={words.name}
              flex={2}
              classNames={{ input: classes.code }}
              spellCheck={false}
              {...form.getInputProps(`${list}.${index}.name`)}
            />
            <TextInput
              aria-label={words.value}
              placeholder={words.value}
              flex={3}
              classNames={{ input: classes.code }}
              spellCheck={false}
              data-template={`${list}.${index}.value`}
              {...form.getInputProps(`${list}.${index}.value`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={words.remove}
              onClick={() => form.removeListItem(list, index)}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => form.insertListItem(list, { key: randomId(), name: '', value: '' })}
        >
          {words.add}
        </Button>
      </Stack>
    </Input.Wrapper>
  )
}
