import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NumberFields } from './number-fields.tsx'
import type { GatewayFormState } from './use-gateway-form.ts'

/** How slow and how unreliable the sandbox is. */
export function SandboxFields({ form }: { readonly form: GatewayFormState }) {
  const { t } = useTranslation('settings')
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t('sandbox.hint')}</Text>
      <NumberFields
        form={form}
        fields={[
          { name: 'latencyMs', label: t('sandbox.latency'), min: 0, max: 60_000, step: 10, allowDecimal: false },
          { name: 'errorPercent', label: t('sandbox.errors'), min: 0, max: 100, decimalScale: 1 },
          {
            name: 'sandboxRatePerSecond',
            label: t('sandbox.rate'),
            placeholder: t('noLimit'),
            min: 1,
            allowDecimal: false,
          },
        ]}
      />
    </Stack>
  )
}
