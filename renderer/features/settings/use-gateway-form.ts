import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { GatewaySettings } from '#shared/contract/gateway.ts'
import { type GatewayValues, gatewayValuesOf } from './gateway-values.ts'
import { statusesOf, type WebhookValues } from './webhook/webhook-values.ts'

export type GatewayFormState = ReturnType<typeof useGatewayForm>

const maxPerSecond = 1_000_000

/** The gateway form. It checks the limits of the contract with messages in the user's language. */
export function useGatewayForm(settings: GatewaySettings) {
  const { t } = useTranslation(['settings', 'errors'])
  const between = (least: number, most: number) => (value: number | string) =>
    value === '' || Number(value) < least || Number(value) > most ? t('between', { least, most }) : null
  /** A rule for a webhook field, which is hidden while another gateway is chosen. */
  const ofWebhook =
    (rule: (text: string, webhook: WebhookValues) => string | null) =>
    (text: string, { kind, webhook }: GatewayValues) =>
      kind === 'webhook' ? rule(text, webhook) : null
  const areStatuses = (text: string) => ((statusesOf(text) ?? []).length > 0 ? null : t('webhook.notStatuses'))
  const hasPath = (path: string, value: string) =>
    path.trim() === '' && value.trim() !== '' ? t('webhook.noPath') : null
  return useForm<GatewayValues, GatewayValues>({
    initialValues: gatewayValuesOf(settings),
    validate: {
      url: (url: string, values: GatewayValues) =>
        values.kind !== 'http' || (/^https?:\/\//.test(url.trim()) && URL.canParse(url.trim()))
          ? null
          : t('errors:url_not_http'),
      concurrency: between(1, 4096),
      timeoutSeconds: between(0.1, 300),
      latencyMs: between(0, 60_000),
      errorPercent: between(0, 100),
      sandboxRatePerSecond: (rate: number | string) => (rate === '' || Number(rate) >= 1 ? null : t('atLeastOne')),
      ratePerSecond: (rate: number | string) =>
        rate === '' || (Number(rate) >= 1 && Number(rate) <= maxPerSecond)
          ? null
          : t('betweenOrEmpty', { least: 1, most: maxPerSecond }),
      webhook: {
        url: ofWebhook((url) => (/^https?:\/\//i.test(url.trim()) ? null : t('errors:url_not_http'))),
        successStatuses: ofWebhook(areStatuses),
        refusalStatuses: ofWebhook((text) => (text.trim() === '' ? null : areStatuses(text))),
        successPath: ofWebhook((path, { successValue }) => hasPath(path, successValue)),
        refusalPath: ofWebhook((path, { refusalValue }) => hasPath(path, refusalValue)),
      },
    },
  })
}
