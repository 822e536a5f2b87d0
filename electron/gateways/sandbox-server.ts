import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SandboxBehaviour } from '#shared/contract/gateway.ts'

export interface SandboxServer {
  /** The base address that a message's id is appended to. */
  readonly url: string
  behave(behaviour: SandboxBehaviour): void
  close(): Promise<void>
}

const accepted = '{"code":0,"message":"OK"}'

/** Serves the gateway contract on the loopback and sends nothing: latency, errors and rate limit as configured. */
export async function openSandboxServer(initial: SandboxBehaviour): Promise<SandboxServer> {
  let behaviour = initial
  let second = 0
  let received = 0

  const answer = (response: ServerResponse): void => {
    if (behaviour.ratePerSecond !== null) {
      const now = Math.floor(performance.now() / 1000)
      if (now !== second) {
        second = now
        received = 0
      }
      received += 1
      if (received > behaviour.ratePerSecond)
        return reply(response, 429, '{"code":429,"message":"too many requests"}', { 'retry-after': '1' })
    }
    if (Math.random() < behaviour.errorRate)
      return reply(response, 503, '{"code":503,"message":"the sandbox fails on purpose"}')
    reply(response, 200, accepted)
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume()
    request.once('end', () => {
      if (request.method !== 'POST' || !/^\/send\/\d+$/.test(request.url ?? ''))
        return reply(response, 404, '{"code":404,"message":"POST /send/{id}"}')
      if (behaviour.latencyMs > 0) setTimeout(answer, behaviour.latencyMs, response)
      else answer(response)
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/send`,
    behave: (next) => {
      behaviour = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function reply(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}
