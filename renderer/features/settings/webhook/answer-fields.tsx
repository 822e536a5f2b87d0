import { Group, Input, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GatewayFormState } from '../use-gateway-form.ts'
import classes from './webhook.module.css'

interface AnswerFieldsProps {
  readonly form: GatewayFormState
  readonly rule: 'success' | 'refusal'
}

/** Which answers mean that a message is sent, or refused for good. */
export function AnswerFields({ form, rule }: AnswerFieldsProps) {
  const { t } = useTranslation('settings')
  return (
    <fieldset className={classes.rule}>
      <Input.Label component="legend">{t(`webhook.${rule}.label`)}</Input.Label>
      <Input.Description mb={6}>{t(`webhook.${rule}.hint`)}</Input.Description>
      <Group gap="xs" grow align="flex-start" wrap="nowrap">
        <TextInput
          label={t('webhook.statuses')}
          labelProps={{ className: classes.small }}
          placeholder={rule === 'success' ? '2xx' : '400, 404'}
          classNames={{ input: classes.code }}
          spellCheck={false}
          {...form.getInputProps(`webhook.${rule}Statuses`)}
        />
        <TextInput
          label={t(`webhook.${rule}.path`)}
          labelProps={{ className: classes.small }}
          placeholder={rule === 'success' ? 'data.items[0].status' : 'error.code'}
          classNames={{ input: classes.code }}
          spellCheck={false}
          {...form.getInputProps(`webhook.${rule}Path`)}
        />
        <TextInput
          label={t('webhook.value')}
          labelProps={{ className: classes.small }}
          classNames={{ input: classes.code }}
          spellCheck={false}
          {...form.getInputProps(`webhook.${rule}Value`)}
        />
      </Group>
    </fieldset>
  )
}
