import { assertNever } from '#shared/domain/assert-never.ts'
import type { Webhook } from '#shared/domain/webhook.ts'
import type { Gateway } from './gateway.ts'
import { openHttpGateway } from './http-gateway.ts'
import { openWebhookGateway } from './webhook-gateway.ts'

/** Which gateway: all that tells one from another. */
export type GatewayAddress =
  /** Speaks the contract of DOMAIN; the sandbox included. */
  | { readonly kind: 'http'; readonly url: string; readonly token: string }
  | { readonly kind: 'webhook'; readonly webhook: Webhook; readonly token: string }

/** Opens a gateway of any kind; no connection is made before the first message. */
export function openGateway(
  address: GatewayAddress,
  { connections, now }: { readonly connections: number; readonly now: () => number },
): Gateway {
  switch (address.kind) {
    case 'http':
      return openHttpGateway({ url: address.url, token: address.token, connections, now })
    case 'webhook':
      return openWebhookGateway({ webhook: address.webhook, token: address.token, connections, now })
    default:
      return assertNever(address)
  }
}
