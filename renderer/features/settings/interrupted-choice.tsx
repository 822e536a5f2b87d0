import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { interruptedPolicies } from '#shared/contract/gateway.ts'
import type { GatewayFormState } from './use-gateway-form.ts'

/** What happens to messages that a crash interrupted, if it is unknown whether the gateway accepted them. */
export function InterruptedChoice({ form }: { readonly form: GatewayFormState }) {
  const { t } = useTranslation('settings')
  return (
    <Radio.Group
      label={t('gateway.interrupted.label')}
      description={t('gateway.interrupted.hint')}
      {...form.getInputProps('interrupted')}
    >
      <Stack gap="xs" mt="xs">
        {interruptedPolicies.map((policy) => (
          <Radio
            key={policy}
            value={policy}
            label={t(`gateway.interrupted.${policy}`)}
            description={t(`gateway.interrupted.${policy}Hint`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
