import type { GatewayPatch, GatewaySettings, InterruptedPolicy } from '#shared/contract/gateway.ts'
import { atWebhookField, type WebhookValues, webhookOf, webhookValuesOf } from './webhook/webhook-values.ts'

/** What the form holds. Mantine's number fields hold an empty string while nothing is in them. */
export interface GatewayValues {
  kind: GatewaySettings['kind']
  url: string
  /** A new token; empty keeps the one that is there. */
  token: string
  concurrency: number | string
  timeoutSeconds: number | string
  latencyMs: number | string
  errorPercent: number | string
  /** Of the gateway as a whole. Empty: no limit. */
  ratePerSecond: number | string
  interrupted: InterruptedPolicy
  /** What the sandbox takes. Empty: no limit. */
  sandboxRatePerSecond: number | string
  webhook: WebhookValues
}

/** The form of the present settings. */
export function gatewayValuesOf(settings: GatewaySettings): GatewayValues {
  const { kind, url, concurrency, timeoutMs, ratePerSecond, interrupted, sandbox, webhook } = settings
  return {
    kind,
    url,
    token: '',
    concurrency,
    timeoutSeconds: timeoutMs / 1000,
    latencyMs: sandbox.latencyMs,
    errorPercent: Math.round(sandbox.errorRate * 1000) / 10,
    ratePerSecond: ratePerSecond ?? '',
    interrupted,
    sandboxRatePerSecond: sandbox.ratePerSecond ?? '',
    webhook: webhookValuesOf(webhook),
  }
}

/** What to change, without what the environment holds fast. */
export function patchOf(values: GatewayValues, held: GatewaySettings['fromEnvironment']): GatewayPatch {
  return {
    ...targetOf(values, held),
    concurrency: Number(values.concurrency),
    ratePerSecond: limitOf(values.ratePerSecond),
    interrupted: values.interrupted,
    sandbox: {
      latencyMs: Number(values.latencyMs),
      errorRate: Number(values.errorPercent) / 100,
      ratePerSecond: limitOf(values.sandboxRatePerSecond),
    },
  }
}

/** A rate as it is typed; nothing typed is no limit. */
function limitOf(typed: number | string): number | null {
  return typed === '' ? null : Number(typed)
}

/** What a test of the connection needs to know. */
export type GatewayTarget = Pick<GatewayPatch, 'kind' | 'url' | 'token' | 'timeoutMs' | 'webhook'>

/** The part of the form that a test of the connection needs. */
export function targetOf(values: GatewayValues, held: GatewaySettings['fromEnvironment']): GatewayTarget {
  const { kind, url, token, timeoutSeconds, webhook } = values
  return {
    kind,
    timeoutMs: Math.round(Number(timeoutSeconds) * 1000),
    // An address that is not used need not be one: an empty one is left as it is.
    ...(held.includes('url') || url.trim() === '' ? {} : { url: url.trim() }),
    ...(held.includes('token') || token.trim() === '' ? {} : { token: token.trim() }),
    // A webhook that is not used may be half finished: it is left as it was saved.
    ...(kind === 'webhook' ? { webhook: webhookOf(webhook) } : {}),
  }
}

const fieldOfPath: Readonly<Record<string, keyof GatewayValues>> = {
  timeoutMs: 'timeoutSeconds',
  'sandbox.latencyMs': 'latencyMs',
  'sandbox.errorRate': 'errorPercent',
  'sandbox.ratePerSecond': 'sandboxRatePerSecond',
}

/** The engine's fields as the form knows them. */
export function gatewayFieldErrors(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => [fieldOfPath[path] ?? atWebhookField(path), message]),
  )
}
