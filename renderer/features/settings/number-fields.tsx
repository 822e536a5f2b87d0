import { Group, NumberInput, type NumberInputProps } from '@mantine/core'
import type { GatewayValues } from './gateway-values.ts'
import type { GatewayFormState } from './use-gateway-form.ts'

interface NumberFieldsProps {
  readonly form: GatewayFormState
  readonly fields: readonly (NumberInputProps & { readonly name: keyof GatewayValues })[]
}

/** Number fields of the gateway form, side by side. The form checks their limits, so that typing is not corrected. */
export function NumberFields({ form, fields }: NumberFieldsProps) {
  return (
    <Group grow align="flex-start">
      {fields.map(({ name, ...field }) => (
        <NumberInput key={name} {...field} clampBehavior="none" {...form.getInputProps(name)} />
      ))}
    </Group>
  )
}
