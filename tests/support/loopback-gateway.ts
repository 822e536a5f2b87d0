import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A received request. */
export interface GatewayRequest {
  /** The id in the path. */
  readonly id: number
  /** 1 for the first request with this id. */
  readonly turn: number
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly contentType: string | undefined
  /** Verbatim. */
  readonly body: string
  readonly phone: number
  readonly text: string
  readonly at: number
  /** When the caller aborted it before the answer. */
  readonly brokenOffAt: number | null
}

/** What to do with a request; `hang` never answers, `half` breaks off in the middle of an answer. */
export type Reply =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'reset'
  | 'half'
  | 'hang'

export type Script = (request: GatewayRequest) => Reply | Promise<Reply>

/** The answer that means `sent`. */
export const accepted: Reply = { status: 200, body: '{"code":0,"message":"OK"}' }

export interface FakeGateway {
  /** The base address that a message's id is appended to. */
  readonly url: string
  /** In the order of arrival. */
  readonly requests: readonly GatewayRequest[]
  /** The maximum of simultaneous requests so far. */
  readonly mostAtOnce: number
  /** The number of requests with each id. */
  readonly timesSeen: ReadonlyMap<number, number>
  /** Answers new requests by this script; earlier requests keep theirs. */
  answer(script: Script): void
  /** Resolves as soon as this many requests have arrived. */
  received(count: number): Promise<void>
  /** Closes the port and every connection. */
  goDown(): Promise<void>
  /** Opens the same port again. */
  comeUp(): Promise<void>
}

type Taken = { -readonly [field in keyof GatewayRequest]: GatewayRequest[field] }

/** Opens a gateway on the loopback that speaks the contract and fails by the script. `goDown` closes it. */
export async function openLoopbackGateway(script: Script = () => accepted): Promise<FakeGateway> {
  let current = script
  let port = 0
  let atOnce = 0
  let mostAtOnce = 0
  const requests: Taken[] = []
  const timesSeen = new Map<number, number>()
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>()

  function take(request: IncomingMessage, body: string): Taken {
    const path = request.url ?? ''
    const id = Number(path.split('/').at(-1))
    const turn = (timesSeen.get(id) ?? 0) + 1
    timesSeen.set(id, turn)
    const { phone, text } = JSON.parse(body)
    const { authorization, 'content-type': contentType } = request.headers
    const method = request.method ?? ''
    return { id, turn, method, path, authorization, contentType, body, phone, text, at: Date.now(), brokenOffAt: null }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const taken = take(request, body)
    requests.push(taken)
    atOnce += 1
    mostAtOnce = Math.max(mostAtOnce, atOnce)
    response.once('close', () => {
      atOnce -= 1
      if (!response.writableEnded) taken.brokenOffAt = Date.now()
    })
    const reply = current(taken)
    for (const waiter of waiting) if (requests.length >= waiter.count) waiter.resolve()
    perform(await reply, response)
  }

  const server = createServer((request, response) => {
    // A request that is aborted before its end does not count.
    serve(request, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 60_000

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen()

  return {
    url: `http://127.0.0.1:${port}/v1/send`,
    requests,
    get mostAtOnce() {
      return mostAtOnce
    },
    timesSeen,
    answer(next) {
      current = next
    },
    async received(count) {
      if (requests.length >= count) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const waiter = { count, resolve }
      waiting.add(waiter)
      await promise
      waiting.delete(waiter)
    },
    goDown: close,
    comeUp: listen,
  }
}

function perform(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return
  if (reply === 'reset') return void response.socket?.resetAndDestroy()
  if (reply === 'half') {
    const body = '{"code":0,"message":"OK"}'
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.write(body.slice(0, 8), () => response.socket?.destroy())
    return
  }
  const { status, body = '', headers = {} } = reply
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}

/** The same answer, later. */
export async function after(ms: number, reply: Reply = accepted): Promise<Reply> {
  await new Promise((resolve) => setTimeout(resolve, ms))
  return reply
}

/** Answers that wait until the test releases them. */
export function heldBack(reply: Reply = accepted): { readonly script: Script; release(): void } {
  const { promise, resolve } = Promise.withResolvers<Reply>()
  return { script: () => promise, release: () => resolve(reply) }
}
