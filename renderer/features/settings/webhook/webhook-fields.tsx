import { Group, Input, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GatewaySettings } from '#shared/contract/gateway.ts'
import { TokenField } from '../token-field.tsx'
import type { GatewayFormState } from '../use-gateway-form.ts'
import { AnswerFields } from './answer-fields.tsx'
import { NamedFields } from './named-fields.tsx'
import { RequestPreview } from './request-preview.tsx'
import { TemplateVariables } from './template-variables.tsx'
import { useTemplateInsertion } from './use-template-insertion.ts'
import classes from './webhook.module.css'

interface WebhookFieldsProps {
  readonly form: GatewayFormState
  readonly settings: GatewaySettings
  onForgetToken(): void
}

const methods = ['POST', 'PUT', 'PATCH', 'GET'] as const
const bodyFormats = ['json', 'form', 'none'] as const

/** A gateway that the user describes: which request to send and what the answers mean. */
export function WebhookFields({ form, settings, onForgetToken }: WebhookFieldsProps) {
  const { t } = useTranslation('settings')
  const insertion = useTemplateInsertion(form)
  return (
    <Stack gap="md" onFocusCapture={insertion.remember}>
      <Text c="dimmed">{t('webhook.hint')}</Text>
      <TokenField form={form} settings={settings} onForgetToken={onForgetToken} />
      <TemplateVariables onInsert={insertion.insert} />
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <Select
          label={t('webhook.method')}
          w="7rem"
          flex="none"
          data={methods}
          allowDeselect={false}
          checkIconPosition="right"
          {...form.getInputProps('webhook.method')}
        />
        <TextInput
          label={t('webhook.url')}
          flex={1}
          placeholder="https://gateway.example/send/{{ message.id }}"
          classNames={{ input: classes.code }}
          spellCheck={false}
          data-template="webhook.url"
          {...form.getInputProps('webhook.url')}
        />
      </Group>
      <NamedFields
        form={form}
        list="webhook.headers"
        label={t('webhook.headers.label')}
        words={{
          name: t('webhook.headers.name'),
          value: t('webhook.headers.value'),
          add: t('webhook.headers.add'),
          remove: t('webhook.headers.remove'),
        }}
      />
      <BodyFields form={form} />
      <AnswerFields form={form} rule="success" />
      <AnswerFields form={form} rule="refusal" />
      <RequestPreview values={form.values} />
    </Stack>
  )
}

/** The body of the request: its format and its template. A GET request has none. */
function BodyFields({ form }: { readonly form: GatewayFormState }) {
  const { t } = useTranslation('settings')
  const { method, format } = form.values.webhook
  return (
    <Input.Wrapper
      label={t('webhook.body.label')}
      labelElement="div"
      description={method === 'GET' ? t('webhook.body.notWithGet') : undefined}
      error={form.errors['webhook.format']}
    >
      {method === 'GET' ? null : (
        <Stack gap="xs" mt={4} align="flex-start">
          <SegmentedControl
            size="xs"
            aria-label={t('webhook.body.label')}
            data={bodyFormats.map((value) => ({ value, label: t(`webhook.body.${value}`) }))}
            value={format}
            onChange={(chosen) => form.setFieldValue('webhook.format', chosen)}
          />
          {format === 'json' ? <JsonBodyField form={form} /> : null}
          {format === 'form' ? (
            <NamedFields
              form={form}
              list="webhook.fields"
              words={{
                name: t('webhook.body.fieldName'),
                value: t('webhook.body.fieldValue'),
                add: t('webhook.body.addField'),
                remove: t('webhook.body.removeField'),
              }}
            />
          ) : null}
        </Stack>
      )}
    </Input.Wrapper>
  )
}

function JsonBodyField({ form }: { readonly form: GatewayFormState }) {
  const { t } = useTranslation('settings')
  return (
    <Textarea
      w="100%"
      aria-label={t('webhook.body.template')}
      description={
        <>
          {t('webhook.body.jsonHint')} <span className={classes.example}>{'{{ message.phone | plus: 0 }}'}</span>
        </>
      }
      inputWrapperOrder={['input', 'description', 'error']}
      autosize
      minRows={4}
      maxRows={16}
      classNames={{ input: classes.code }}
      spellCheck={false}
      data-template="webhook.template"
      {...form.getInputProps('webhook.template')}
    />
  )
}
