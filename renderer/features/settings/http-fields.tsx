import { Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GatewaySettings } from '#shared/contract/gateway.ts'
import { TokenField } from './token-field.tsx'
import type { GatewayFormState } from './use-gateway-form.ts'

interface HttpFieldsProps {
  readonly form: GatewayFormState
  readonly settings: GatewaySettings
  onForgetToken(): void
}

/** The address of the gateway and its token. */
export function HttpFields({ form, settings, onForgetToken }: HttpFieldsProps) {
  const { t } = useTranslation('settings')
  const isFromEnvironment = settings.fromEnvironment.includes('url')
  return (
    <Stack gap="md">
      <TextInput
        label={t('http.url')}
        description={isFromEnvironment ? t('http.held', { variable: 'HERALD_GATEWAY_URL' }) : t('http.urlHint')}
        type="url"
        placeholder="https://probe.fbrq.cloud/v1/send"
        readOnly={isFromEnvironment}
        variant={isFromEnvironment ? 'filled' : 'default'}
        {...form.getInputProps('url')}
      />
      <TokenField form={form} settings={settings} onForgetToken={onForgetToken} />
    </Stack>
  )
}
