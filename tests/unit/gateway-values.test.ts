import { describe, expect, test } from 'vitest'
import { gatewayFieldErrors, gatewayValuesOf, patchOf } from '../../renderer/features/settings/gateway-values.ts'
import type { GatewaySettings } from '../../shared/contract/gateway.ts'
import { webhookDraftSchema } from '../../shared/contract/webhook.ts'

const settings: GatewaySettings = {
  kind: 'http',
  url: 'https://gateway.example/send',
  hasToken: true,
  tokenExpiresAt: null,
  concurrency: 32,
  timeoutMs: 10_000,
  ratePerSecond: null,
  interrupted: 'resend',
  sandbox: { latencyMs: 20, errorRate: 0, ratePerSecond: 5 },
  webhook: webhookDraftSchema.parse({ url: '' }),
  fromEnvironment: [],
}

describe('the form of the gateway', () => {
  test('changes nothing when saved untouched', () => {
    const { ratePerSecond, interrupted, sandbox } = patchOf(gatewayValuesOf(settings), [])
    expect({ ratePerSecond, interrupted, sandbox }).toEqual({
      ratePerSecond: settings.ratePerSecond,
      interrupted: settings.interrupted,
      sandbox: settings.sandbox,
    })
  })

  test('keeps the rates of the gateway and the sandbox apart', () => {
    const values = {
      ...gatewayValuesOf(settings),
      ratePerSecond: 40,
      sandboxRatePerSecond: '',
      interrupted: 'hold' as const,
    }
    expect(patchOf(values, [])).toMatchObject({
      ratePerSecond: 40,
      interrupted: 'hold',
      sandbox: { ratePerSecond: null },
    })
  })

  test('maps the engine’s fields to its own', () => {
    expect(gatewayFieldErrors({ ratePerSecond: 'a', 'sandbox.ratePerSecond': 'b', timeoutMs: 'c' })).toEqual({
      ratePerSecond: 'a',
      sandboxRatePerSecond: 'b',
      timeoutSeconds: 'c',
    })
  })
})
