import { onTestFinished } from 'vitest'
import { openLoopbackWebhook, type WebhookServer } from './loopback-webhook.ts'

/** A server on the loopback that takes any request and answers as the test says; it is gone when the test is over. */
export async function openWebhookServer(...answer: Parameters<typeof openLoopbackWebhook>): Promise<WebhookServer> {
  const server = await openLoopbackWebhook(...answer)
  onTestFinished(server.close)
  return server
}
