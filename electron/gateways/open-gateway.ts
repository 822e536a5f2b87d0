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

/** How a gateway is spoken to, whatever its kind. */
export interface GatewayManner {
  /** Connections at most, one request on each at a time. */
  readonly connections: number
  /** How long a connection may take to come about. */
  readonly timeoutMs: number
  readonly now: () => number
}

/** Opens a gateway of any kind; no connection is made before the first message. */
export function openGateway(address: GatewayAddress, manner: GatewayManner): Gateway {
  switch (address.kind) {
    case 'http':
      return openHttpGateway({ url: address.url, token: address.token, ...manner })
    case 'webhook':
      return openWebhookGateway({ webhook: address.webhook, token: address.token, ...manner })
    default:
      return assertNever(address)
  }
}
