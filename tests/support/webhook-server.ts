import { onTestFinished } from 'vitest'
import { openLoopbackWebhook, type WebhookServer } from './loopback-webhook.ts'

/** Opens a server on the loopback that accepts any request and answers by the script. It is closed after the test. */
export async function openWebhookServer(...answer: Parameters<typeof openLoopbackWebhook>): Promise<WebhookServer> {
  const server = await openLoopbackWebhook(...answer)
  onTestFinished(server.close)
  return server
}
