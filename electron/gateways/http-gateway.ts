import { type Dispatcher, Pool } from 'undici'
import type { Flight, Gateway, Outcome, Outgoing } from './gateway.ts'
import { classify } from './http-answer.ts'

export interface HttpGatewayOptions {
  /** A message's id is appended to its path; a query stays behind it. */
  readonly url: string
  readonly token: string
  /** Connections at most, one request on each at a time. */
  readonly connections: number
  readonly now: () => number
}

/** Nothing that a gateway has to say is longer; an answer that goes on is broken off. */
const longestBody = 64 * 1024

/** The gateway of DOMAIN's contract: `POST {url}/{id}` with a bearer token and a JSON body. */
export function openHttpGateway({ url, token, connections, now }: HttpGatewayOptions): Gateway {
  const { origin, pathname, search } = new URL(url)
  const base = pathname.replace(/\/+$/, '')
  // The sender keeps the deadlines of whole requests, so undici's own per-phase timers are off.
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: 60_000,
  })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return {
    send(message, settle) {
      const exchange = new Exchange(settle, now, token)
      try {
        pool.dispatch(
          { path: `${base}/${message.id}${search}`, method: 'POST', headers, body: bodyOf(message) },
          exchange,
        )
      } catch (error) {
        queueMicrotask(() =>
          exchange.onResponseError(undefined, error instanceof Error ? error : new Error(String(error))),
        )
      }
      return exchange
    },
    close: () => pool.destroy(),
  }
}

function bodyOf({ id, phone, text }: Outgoing): string {
  return `{"id":${id},"phone":${Number(phone)},"text":${JSON.stringify(text)}}`
}

/** One request and its answer. undici's handler form: several times cheaper than a promise and a stream per message. */
class Exchange implements Dispatcher.DispatchHandler, Flight {
  readonly #settle: (outcome: Outcome) => void
  readonly #now: () => number
  readonly #token: string
  #controller: Dispatcher.DispatchController | undefined
  #settled = false
  #status = 0
  #retryAfter: string | undefined
  #chunks: Buffer[] = []
  #size = 0

  constructor(settle: (outcome: Outcome) => void, now: () => number, token: string) {
    this.#settle = settle
    this.#now = now
    this.#token = token
  }

  timeOut(): void {
    this.#breakOff({
      kind: 'unavailable',
      httpStatus: this.#status === 0 ? null : this.#status,
      error: { code: 'timeout', detail: 'no full answer in time' },
      retryAfterMs: null,
    })
  }

  abort(): void {
    this.#breakOff({
      kind: 'aborted',
      error: { code: 'aborted', detail: 'the delivery ended while the request was in flight' },
    })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up while it waited for a connection: nothing has gone out yet, and nothing shall.
    if (this.#settled) controller.abort(new Error('given up'))
    this.#controller = controller
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status
    const retryAfter = headers['retry-after']
    this.#retryAfter = typeof retryAfter === 'string' ? retryAfter : retryAfter?.[0]
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size <= longestBody) this.#chunks.push(chunk)
    else
      this.#breakOff({
        kind: 'unavailable',
        httpStatus: this.#status,
        error: { code: 'bad_response', detail: `HTTP ${this.#status} with a body of more than ${longestBody} bytes` },
        retryAfterMs: null,
      })
  }

  onResponseEnd(): void {
    const [first] = this.#chunks
    const said =
      this.#chunks.length === 1 && first !== undefined
        ? first.toString('utf8')
        : Buffer.concat(this.#chunks).toString('utf8')
    // The gateway's words are kept and shown: some gateways repeat the whole request in them.
    const body = this.#token === '' ? said : said.replaceAll(this.#token, '<token>')
    this.#finish(classify({ status: this.#status, retryAfter: this.#retryAfter, body }, this.#now()))
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#finish({
      kind: 'unavailable',
      httpStatus: this.#status === 0 ? null : this.#status,
      error: { code: 'connection', detail: wordsOf(error) },
      retryAfterMs: null,
    })
  }

  #breakOff(outcome: Outcome): void {
    if (this.#settled) return
    this.#finish(outcome)
    this.#controller?.abort(new Error('broken off'))
  }

  #finish(outcome: Outcome): void {
    if (this.#settled) return
    this.#settled = true
    this.#chunks = []
    this.#settle(outcome)
  }
}

function wordsOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
  return `${code}${error.message}`.slice(0, 300)
}
