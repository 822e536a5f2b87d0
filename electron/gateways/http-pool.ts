import { type Dispatcher, Pool } from 'undici'
import type { Flight, Outcome } from './gateway.ts'
import { cut, type HttpAnswer } from './http-answer.ts'

export interface HttpPoolOptions {
  /** Scheme, host and port. */
  readonly origin: string
  /** Connections at most, one request on each at a time. */
  readonly connections: number
  /** How long a connection may take to come about: no longer than a whole request, whose place it holds. */
  readonly timeoutMs: number
  /** What an answer means. */
  readonly read: ReadAnswer
}

export type ReadAnswer = (answer: HttpAnswer) => Outcome

export interface HttpPoolRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** Path and query. */
  readonly path: string
  /** By name, or names and values in turn. */
  readonly headers: Record<string, string> | string[]
  readonly body: string | null
}

/** The connections to one server, and what becomes of each request on them. */
export interface HttpPool {
  /** Begins one request and calls `settle` exactly once, never before it returns, whatever happens. Redirects are not followed. */
  begin(request: HttpPoolRequest, settle: (outcome: Outcome) => void): Flight
  /** Breaks off what is under way and lets the connections go. */
  close(): Promise<void>
}

/** Nothing that a gateway has to say is longer; an answer that goes on is broken off. */
const longestBody = 64 * 1024
/** A body that comes in crumbs is put together now and then: each piece costs far more than its bytes. */
const mostPieces = 256

/** Opens the way to one server; no connection is made before the first request. */
export function openHttpPool({ origin, connections, timeoutMs, read }: HttpPoolOptions): HttpPool {
  // The sender keeps the deadlines of whole requests, so undici's own timers for the parts of an answer are off.
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    // HTTP/2 puts all requests on one connection, and while the versions are agreed on all wait for one handshake.
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: timeoutMs,
  })
  return {
    begin: (request, settle) => new Exchange(settle, read).begin(pool, request),
    close: () => pool.destroy(),
  }
}

/** One request and its answer. undici's handler form: several times cheaper than a promise and a stream per message. */
class Exchange implements Dispatcher.DispatchHandler, Flight {
  readonly #settle: (outcome: Outcome) => void
  readonly #read: ReadAnswer
  #controller: Dispatcher.DispatchController | undefined
  #begun = false
  #settled = false
  #status = 0
  #retryAfter: string | undefined
  #encoding: string | undefined
  #chunks: Buffer[] = []
  #size = 0

  constructor(settle: (outcome: Outcome) => void, read: ReadAnswer) {
    this.#settle = settle
    this.#read = read
  }

  begin(pool: Pool, request: HttpPoolRequest): Flight {
    // A request that cannot even be written ends right in here, by `onResponseError`.
    pool.dispatch(request, this)
    this.#begun = true
    return this
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
    // An interim answer says nothing yet, and the connection may break before the real one.
    if (status < 200) return
    this.#status = status
    this.#retryAfter = firstOf(headers['retry-after'])
    this.#encoding = firstOf(headers['content-encoding'])
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > longestBody) return this.#breakOff(this.#understand(`a body of more than ${longestBody} bytes`))
    this.#chunks.push(chunk)
    if (this.#chunks.length === mostPieces) this.#chunks = [Buffer.concat(this.#chunks)]
  }

  onResponseEnd(): void {
    this.#finish(this.#understand(null))
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#finish({
      kind: 'unavailable',
      httpStatus: this.#status === 0 ? null : this.#status,
      error: { code: 'connection', detail: wordsOf(error) },
      retryAfterMs: null,
    })
  }

  /** What the answer means, as far as it came; `flaw` says why that is not the whole of it. */
  #understand(flaw: string | null): Outcome {
    // Nobody asked for another encoding than plain text: the status speaks, the bytes do not.
    const isPlain = this.#encoding === undefined || /^(identity)?$/i.test(this.#encoding)
    const unreadable = flaw ?? (isPlain ? null : `a body in ${cut(this.#encoding ?? '')}, which nobody asked for`)
    const [first] = this.#chunks
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks)
    const body = isPlain ? whole.toString('utf8') : ''
    return this.#read({ status: this.#status, retryAfter: this.#retryAfter, body, unreadable })
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
    if (this.#begun) this.#settle(outcome)
    else queueMicrotask(() => this.#settle(outcome))
  }
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0]
}

function wordsOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
  return cut(`${code}${error.message}`)
}
