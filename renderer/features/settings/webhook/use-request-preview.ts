import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mergeTextsOf } from '#shared/domain/merge-values.ts'
import { orpc } from '../../../api/queries.ts'
import { type WebhookValues, webhookOf } from './webhook-values.ts'

const typingPauseMs = 300

/** The request that the webhook would send to the first client of the directory; updated after a pause in typing. */
export function useRequestPreview(values: WebhookValues) {
  const { t } = useTranslation('settings')
  const [settled] = useDebouncedValue(values, typingPauseMs)
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 1 } }))
  const client = clients.data?.items[0]
  const sample = {
    message: { id: 1, phone: client?.phone ?? '79001234567', text: t('webhook.preview.text') },
    client: {
      ...(client === undefined ? { name: t('webhook.preview.name') } : mergeTextsOf(client)),
      attributes: client?.attributes ?? {},
    },
    delivery: { id: 1, name: t('webhook.preview.delivery') },
  }
  return useQuery(
    orpc.gateway.previewWebhook.queryOptions({
      input: { webhook: webhookOf(settled, [200]), sample },
      enabled: !clients.isPending,
      placeholderData: keepPreviousData,
    }),
  )
}
