import { type Dispatcher, Pool } from 'undici'
import type { Flight, GatewayAnswer, Outcome } from './gateway.ts'
import { cut, type ReadAnswer } from './http-answer.ts'

export interface HttpPoolOptions {
  /** Scheme, host and port. */
  readonly origin: string
  /** The maximum of connections, one request on each at a time. */
  readonly connections: number
  /** The time to connect: no longer than a whole request, whose place it takes. */
  readonly timeoutMs: number
  /** Interprets an answer. */
  readonly read: ReadAnswer
}

export interface HttpPoolRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** Path and query. */
  readonly path: string
  /** By name, or names and values in turn. */
  readonly headers: Record<string, string> | string[]
  readonly body: string | null
}

/** The connections to one server. */
export interface HttpPool {
  /** Starts one request and calls `settle` exactly once, never before it returns. Redirects are not followed. */
  begin(request: HttpPoolRequest, settle: (outcome: Outcome) => void): Flight
  /** Gives up what is in flight and closes the connections. */
  close(): Promise<void>
}

/** No useful answer is longer; a longer one is given up. */
const maxBodyBytes = 64 * 1024
/** A body in many small chunks is joined now and then: each chunk costs far more than its bytes. */
const maxChunks = 256

/** Opens a pool of connections to one server; none is made before the first request. */
export function openHttpPool({ origin, connections, timeoutMs, read }: HttpPoolOptions): HttpPool {
  // The sender keeps the deadlines of whole requests, so undici's own timers for parts of an answer are off.
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    // HTTP/2 puts all requests on one connection, and all wait while the version is negotiated.
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
  #isDispatched = false
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
    // A request that cannot be written ends within this call, by `onResponseError`.
    pool.dispatch(request, this)
    this.#isDispatched = true
    return this
  }

  timeOut(): void {
    this.#giveUp({
      kind: 'unavailable',
      answer: this.#answer(),
      error: { code: 'timeout', detail: 'no full answer in time' },
      retryAfterMs: null,
    })
  }

  abort(): void {
    this.#giveUp({
      kind: 'aborted',
      mayHaveLeft: this.#controller !== undefined,
      error: { code: 'aborted', detail: 'the delivery ended while the request was in flight' },
    })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Called right before the request is written. One that was given up while it waited for a connection never leaves.
    if (this.#settled) controller.abort(new Error('given up'))
    this.#controller = controller
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // An interim answer means nothing yet, and the connection may break before the final one.
    if (status < 200) return
    this.#status = status
    this.#retryAfter = firstOf(headers['retry-after'])
    this.#encoding = firstOf(headers['content-encoding'])
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > maxBodyBytes) return this.#giveUp(this.#interpret(`a body of more than ${maxBodyBytes} bytes`))
    this.#chunks.push(chunk)
    if (this.#chunks.length === maxChunks) this.#chunks = [Buffer.concat(this.#chunks)]
  }

  onResponseEnd(): void {
    this.#finish(this.#interpret(null))
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#finish({
      kind: 'unavailable',
      answer: this.#answer(),
      error: { code: 'connection', detail: describeError(error) },
      retryAfterMs: null,
    })
  }

  /** Returns what the answer means, as far as it came; `flaw` says why it is incomplete. */
  #interpret(flaw: string | null): Outcome {
    // We ask for no encoding: of an encoded body only the status is read.
    const isPlain = this.#encoding === undefined || /^(identity)?$/i.test(this.#encoding)
    const unreadable = flaw ?? (isPlain ? null : `a body in ${cut(this.#encoding ?? '')}, which was not requested`)
    const [first] = this.#chunks
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks)
    const body = isPlain ? whole.toString('utf8') : ''
    return this.#read({ status: this.#status, retryAfter: this.#retryAfter, body, unreadable })
  }

  /** What has come of an answer; null before its status. */
  #answer(): GatewayAnswer | null {
    return this.#status === 0 ? null : { protocol: 'http', code: this.#status, text: '' }
  }

  #giveUp(outcome: Outcome): void {
    if (this.#settled) return
    this.#finish(outcome)
    this.#controller?.abort(new Error('given up'))
  }

  #finish(outcome: Outcome): void {
    if (this.#settled) return
    this.#settled = true
    this.#chunks = []
    if (this.#isDispatched) this.#settle(outcome)
    else queueMicrotask(() => this.#settle(outcome))
  }
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0]
}

function describeError(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
  return cut(`${code}${error.message}`)
}
