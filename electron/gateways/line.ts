import { type Dispatcher, Pool } from 'undici'
import type { Flight, Outcome } from './gateway.ts'
import type { HttpAnswer } from './http-answer.ts'

export interface LineOptions {
  /** Scheme, host and port. */
  readonly origin: string
  /** Connections at most, one request on each at a time. */
  readonly connections: number
  /** What an answer means. */
  readonly read: ReadAnswer
}

export type ReadAnswer = (answer: HttpAnswer) => Outcome

export interface LineRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** Path and query. */
  readonly path: string
  /** By name, or names and values in turn. */
  readonly headers: Record<string, string> | string[]
  readonly body: string | null
}

/** The connections to one server, and what becomes of each request on them. */
export interface Line {
  /** Begins one request and calls `settle` exactly once, never before it returns, whatever happens. Redirects are not followed. */
  begin(request: LineRequest, settle: (outcome: Outcome) => void): Flight
  /** Breaks off what is under way and lets the connections go. */
  close(): Promise<void>
}

/** Nothing that a gateway has to say is longer; an answer that goes on is broken off. */
const longestBody = 64 * 1024

/** Opens the way to one server; no connection is made before the first request. */
export function openLine({ origin, connections, read }: LineOptions): Line {
  // The sender keeps the deadlines of whole requests, so undici's own per-phase timers are off.
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: 60_000,
  })
  return {
    begin(request, settle) {
      const exchange = new Exchange(settle, read)
      try {
        pool.dispatch(request, exchange)
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

/** One request and its answer. undici's handler form: several times cheaper than a promise and a stream per message. */
class Exchange implements Dispatcher.DispatchHandler, Flight {
  readonly #settle: (outcome: Outcome) => void
  readonly #read: ReadAnswer
  #controller: Dispatcher.DispatchController | undefined
  #settled = false
  #status = 0
  #retryAfter: string | undefined
  #chunks: Buffer[] = []
  #size = 0

  constructor(settle: (outcome: Outcome) => void, read: ReadAnswer) {
    this.#settle = settle
    this.#read = read
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
    const body =
      this.#chunks.length === 1 && first !== undefined
        ? first.toString('utf8')
        : Buffer.concat(this.#chunks).toString('utf8')
    this.#finish(this.#read({ status: this.#status, retryAfter: this.#retryAfter, body }))
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
