import { Group, NumberInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BackupPolicy } from '#shared/contract/backups.ts'
import { orpc } from '../../../api/queries.ts'

const bounds = { keep: 365, days: 3650 } as const

/** How many daily backups are kept, and for how long; saved when a field loses the focus. */
export function PolicyFields({ policy }: { readonly policy: BackupPolicy }) {
  const { t } = useTranslation('settings')
  const cache = useQueryClient()
  const change = useMutation(
    orpc.backups.updatePolicy.mutationOptions({
      onSettled: () => cache.invalidateQueries({ queryKey: orpc.backups.key() }),
    }),
  )
  return (
    <Group gap="md">
      {(['keep', 'days'] as const).map((field) => (
        <NumberInput
          // A number changed elsewhere replaces the field.
          key={`${field} ${policy[field]}`}
          label={t(`backups.${field}`)}
          defaultValue={policy[field]}
          min={1}
          max={bounds[field]}
          allowDecimal={false}
          clampBehavior="strict"
          w={150}
          onBlur={(event) => {
            const value = Number(event.currentTarget.value)
            if (Number.isInteger(value) && value > 0 && value !== policy[field]) change.mutate({ [field]: value })
          }}
        />
      ))}
    </Group>
  )
}
