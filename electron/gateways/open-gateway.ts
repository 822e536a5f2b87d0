import { assertNever } from '#shared/domain/assert-never.ts'
import type { Webhook } from '#shared/domain/webhook.ts'
import type { Gateway } from './gateway.ts'
import { openHttpGateway } from './http-gateway.ts'
import { openWebhookGateway } from './webhook-gateway.ts'

/** Which gateway, and how to reach it. */
export type GatewayAddress =
  /** Speaks the contract of DOMAIN; the sandbox included. */
  | { readonly kind: 'http'; readonly url: string; readonly token: string }
  | { readonly kind: 'webhook'; readonly webhook: Webhook; readonly token: string }

/** What every kind of gateway needs. */
export interface GatewayLimits {
  /** The maximum of connections, one request on each at a time. */
  readonly connections: number
  /** The time to connect. */
  readonly timeoutMs: number
  readonly now: () => number
}

/** Returns a gateway of any kind; it connects when it is opened or with the first message. */
export function createGateway(address: GatewayAddress, limits: GatewayLimits): Gateway {
  switch (address.kind) {
    case 'http':
      return openHttpGateway({ url: address.url, token: address.token, ...limits })
    case 'webhook':
      return openWebhookGateway({ webhook: address.webhook, token: address.token, ...limits })
    default:
      return assertNever(address)
  }
}
