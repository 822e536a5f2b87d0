import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { orpc } from '../../api/queries.ts'
import { showDone } from '../../components/notice.ts'

interface DeliveryToggle {
  readonly id: number
  readonly label: string
  run(): void
}

/** Pause and resume for the running and paused deliveries. Loaded only while `enabled`. */
export function useDeliveryToggles(enabled: boolean): readonly DeliveryToggle[] {
  const { t } = useTranslation()
  const { data } = useQuery(orpc.statistics.general.queryOptions({ enabled }))
  const toggle = useMutation({
    mutationFn: ({ id, to }: { readonly id: number; readonly name: string; readonly to: 'pause' | 'resume' }) =>
      client.deliveries[to]({ id }),
    onSuccess: (_, { name, to }) => showDone(t(`palette.done.${to}`, { name })),
  })
  return (data?.results ?? []).flatMap(({ id, name, status }) => {
    if (status !== 'running' && status !== 'paused') return []
    const to = status === 'running' ? 'pause' : 'resume'
    return [{ id, label: t(`palette.${to}`, { name }), run: () => toggle.mutate({ id, name, to }) }]
  })
}
