import { Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { setLock } from '../../../api/lock.ts'
import { orpc } from '../../../api/queries.ts'

const usual = [1, 2, 5, 10, 15, 30, 60]
const never = 'never'

/** After how many idle minutes the console locks; applied at once. */
export function IdleChoice({ minutes }: { readonly minutes: number | null }) {
  const { t } = useTranslation('settings')
  const change = useMutation(orpc.lock.setIdle.mutationOptions({ onSuccess: setLock }))
  // A value set through the API is also offered.
  const offered = [...new Set(minutes === null ? usual : [...usual, minutes])].sort((a, b) => a - b)
  return (
    <Select
      label={t('lock.idle.label')}
      w={240}
      allowDeselect={false}
      data={[
        { value: never, label: t('lock.idle.never') },
        ...offered.map((count) => ({ value: String(count), label: t('lock.idle.after', { count }) })),
      ]}
      value={minutes === null ? never : String(minutes)}
      onChange={(value) => change.mutate({ minutes: value === null || value === never ? null : Number(value) })}
    />
  )
}
