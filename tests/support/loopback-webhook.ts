import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A received request, verbatim. */
export interface WebhookCall {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface WebhookAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface WebhookServer {
  /** Scheme, host and port. */
  readonly origin: string
  /** In the order of arrival. */
  readonly calls: readonly WebhookCall[]
  close(): Promise<void>
}

/** Opens a server on the loopback that accepts any request and answers by the test's script. `close` closes it. */
export async function openLoopbackWebhook(
  answer: (call: WebhookCall) => WebhookAnswer = () => ({ status: 200 }),
): Promise<WebhookServer> {
  const calls: WebhookCall[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body }
    calls.push(call)
    const { status, headers = {}, body: words = '' } = answer(call)
    response.writeHead(status, headers).end(words)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, close }
}
