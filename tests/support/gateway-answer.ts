import type { GatewayAnswer } from '#electron/gateways/gateway.ts'

/** Returns an HTTP answer as the gateways report it. */
export function http(status: number, text = ''): GatewayAnswer {
  return { protocol: 'http', code: status, text }
}
