import { Group, NumberInput, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GatewayFormState } from './use-gateway-form.ts'

/** How the sandbox behaves: as slow and as unreliable as one wants to see. */
export function SandboxFields({ form }: { readonly form: GatewayFormState }) {
  const { t } = useTranslation('settings')
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t('sandbox.hint')}</Text>
      <Group grow align="flex-start">
        <NumberInput
          label={t('sandbox.latency')}
          min={0}
          max={60_000}
          step={10}
          allowDecimal={false}
          clampBehavior="none"
          {...form.getInputProps('latencyMs')}
        />
        <NumberInput
          label={t('sandbox.errors')}
          min={0}
          max={100}
          decimalScale={1}
          clampBehavior="none"
          {...form.getInputProps('errorPercent')}
        />
        <NumberInput
          label={t('sandbox.rate')}
          placeholder={t('noLimit')}
          min={1}
          allowDecimal={false}
          clampBehavior="none"
          {...form.getInputProps('sandboxRatePerSecond')}
        />
      </Group>
    </Stack>
  )
}
