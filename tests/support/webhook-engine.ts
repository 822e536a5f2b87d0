import type { GatewayPatch } from '#shared/contract/gateway.ts'
import { openTestEngine, type TestEngine } from './engine.ts'
import { phoneNumber } from './factories.ts'

/** A unique text, so that a test can search files for it. */
export const webhookToken = 'Zq8-only-for-the-gateway/+=7781'

export type WebhookWish = NonNullable<Parameters<TestEngine['client']['gateway']['update']>[0]['webhook']>

/** Opens an engine that sends to a webhook. */
export async function openEngineTo(
  webhook: WebhookWish,
  patch: Omit<GatewayPatch, 'webhook'> = {},
): Promise<TestEngine> {
  const engine = await openTestEngine(null)
  await engine.client.gateway.update({ kind: 'webhook', token: webhookToken, ...patch, webhook })
  return engine
}

/** A client with characters that need escaping. */
export const anna = {
  phone: phoneNumber(1),
  name: 'Анна "Nyura" O\\Neil',
  attributes: { city: 'Rostov & Don', code: 'A-1' },
}
