import type { GatewayPatch, GatewaySettings, InterruptedPolicy } from '#shared/contract/gateway.ts'
import { atWebhookField, type WebhookValues, webhookOf, webhookValuesOf } from './webhook/webhook-values.ts'

/** The values of the gateway form. Mantine's number fields hold an empty string while they are empty. */
export interface GatewayValues {
  kind: GatewaySettings['kind']
  url: string
  /** A new token; empty keeps the saved one. */
  token: string
  concurrency: number | string
  timeoutSeconds: number | string
  latencyMs: number | string
  errorPercent: number | string
  /** The limit of the gateway as a whole. Empty: no limit. */
  ratePerSecond: number | string
  interrupted: InterruptedPolicy
  /** The limit of the sandbox. Empty: no limit. */
  sandboxRatePerSecond: number | string
  webhook: WebhookValues
}

/** The form values of the present settings. */
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

/** What to change, without what the environment sets. */
export function patchOf(values: GatewayValues, fromEnvironment: GatewaySettings['fromEnvironment']): GatewayPatch {
  return {
    ...targetOf(values, fromEnvironment),
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

/** The limit in a field; null if it is empty. */
function limitOf(typed: number | string): number | null {
  return typed === '' ? null : Number(typed)
}

/** What a connection test needs. */
export type GatewayTarget = Pick<GatewayPatch, 'kind' | 'url' | 'token' | 'timeoutMs' | 'webhook'>

/** The part of the form that a connection test needs. */
export function targetOf(values: GatewayValues, fromEnvironment: GatewaySettings['fromEnvironment']): GatewayTarget {
  const { kind, url, token, timeoutSeconds, webhook } = values
  return {
    kind,
    timeoutMs: Math.round(Number(timeoutSeconds) * 1000),
    // An unused address may be invalid: an empty one is left as it is.
    ...(fromEnvironment.includes('url') || url.trim() === '' ? {} : { url: url.trim() }),
    ...(fromEnvironment.includes('token') || token.trim() === '' ? {} : { token: token.trim() }),
    // An unused webhook may be incomplete: it is left as it was saved.
    ...(kind === 'webhook' ? { webhook: webhookOf(webhook) } : {}),
  }
}

const fieldOfPath: Readonly<Record<string, keyof GatewayValues>> = {
  timeoutMs: 'timeoutSeconds',
  'sandbox.latencyMs': 'latencyMs',
  'sandbox.errorRate': 'errorPercent',
  'sandbox.ratePerSecond': 'sandboxRatePerSecond',
}

/** Maps the engine's fields to those of the form. */
export function gatewayFieldErrors(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => [fieldOfPath[path] ?? atWebhookField(path), message]),
  )
}
