import { gzipSync } from 'node:zlib'
import type { ErrorCode } from '#shared/domain/states.ts'
import { now } from './moved-clock.ts'
import {
  type Answer,
  answerOf,
  chunkOf,
  dribbles,
  floodBytes,
  floods,
  ok,
  resetsAfter,
  says,
  saysAndCloses,
} from './wire-acts.ts'
import type { WireAct } from './wire-server.ts'

/** The effect of a fault on the message (DOMAIN, rules of sending, 4). */
export type FaultEffect =
  /** The gateway accepted the message. */
  | 'sent'
  /** The refusal is final. */
  | 'failed'
  /** The channel stops, and the message keeps its attempt. */
  | 'kept'
  /** An answer that costs an attempt; the next one follows. */
  | 'retried'
  /** The same, but the gateway asks to wait for longer than the delivery lasts. */
  | 'delayed'
  /** No answer: costs an attempt, and many in a row are an outage, which costs none. */
  | 'lost'

export interface Fault {
  readonly name: string
  readonly effect: FaultEffect
  readonly act: WireAct
  /** The attempt's error in the message's history; null if there is none. */
  readonly error: {
    readonly code: ErrorCode
    readonly httpStatus: number | null
    readonly detail: string | RegExp
  } | null
  /** The wait that the gateway asks for; null if the back-off decides. */
  readonly waitMs: number | null
  /** Only the deadline of the request ends the fault. */
  readonly hangs: boolean
  /** It writes more than any client reads. */
  readonly floods: boolean
  /** It acts before it has read the whole request. */
  readonly actsEarly: boolean
}

type Options = Partial<Pick<Fault, 'waitMs' | 'hangs' | 'floods' | 'actsEarly'>>
const fault = (
  name: string,
  effect: FaultEffect,
  error: Fault['error'],
  act: WireAct,
  options: Options = {},
): Fault => ({
  name,
  effect,
  error,
  act,
  waitMs: null,
  hangs: false,
  floods: false,
  actsEarly: false,
  ...options,
})

/** An answer that is not a success although its status is 2xx. */
function wrong(name: string, answer: Answer, detail: string, status = 200): Fault {
  const error = { code: 'bad_response', httpStatus: status, detail } as const
  return fault(name, 'retried', error, says(answerOf(status, answer)))
}

/** An answer whose status alone decides. */
function speaks(status: number, effect: FaultEffect, code: ErrorCode, headers: Record<string, string> = {}): Fault {
  const detail = `HTTP ${status}: {"message":"no"}`
  const act = says(answerOf(status, { headers, body: '{"message":"no"}' }))
  return fault(`${status}`, effect, { code, httpStatus: status, detail }, act)
}

function later(name: string, status: number, retryAfter: string, waitMs: number | null): Fault {
  const code = status === 429 ? 'rate_limited' : 'server_error'
  const act = says(answerOf(status, { headers: { 'retry-after': retryAfter } }))
  const effect = waitMs === Number.POSITIVE_INFINITY ? 'delayed' : 'retried'
  return fault(name, effect, { code, httpStatus: status, detail: `HTTP ${status}` }, act, { waitMs })
}

const connection = (detail: RegExp, httpStatus: number | null = null) =>
  ({ code: 'connection', httpStatus, detail }) as const
const timeout = (httpStatus: number | null) =>
  ({ code: 'timeout', httpStatus, detail: 'no full answer in time' }) as const

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
const filler = Buffer.alloc(64 * 1024, 'x')

const slow: readonly Fault[] = [
  fault('no answer', 'lost', timeout(null), () => undefined, { hangs: true }),
  fault('slow headers', 'lost', timeout(null), dribbles('HTTP/1.1 200 OK\r\n', 'x: y\r\n'), { hangs: true }),
  fault('a slow body', 'lost', timeout(200), dribbles(`${head}content-length: 60000\r\n\r\n`, 'x'), { hangs: true }),
  fault(
    'a slow body in chunks',
    'lost',
    timeout(200),
    dribbles(`${head}transfer-encoding: chunked\r\n\r\n`, '1\r\nx\r\n'),
    { hangs: true },
  ),
  fault('103 again and again', 'lost', timeout(null), dribbles('', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'), {
    hangs: true,
  }),
  fault(
    '100 Continue, which was not asked for, then nothing',
    'lost',
    connection(/bad response/),
    says('HTTP/1.1 100 Continue\r\n\r\n'),
  ),
]

const broken: readonly Fault[] = [
  fault(
    'half a body, then the end',
    'lost',
    connection(/other side closed/, 200),
    saysAndCloses(`${head}content-length: 25\r\n\r\n{"code":0`),
  ),
  fault('closed without a word', 'lost', connection(/other side closed/), saysAndCloses('')),
  fault('RST before the answer', 'lost', connection(/ECONNRESET/), resetsAfter('')),
  fault(
    'RST after the headers',
    'lost',
    connection(/ECONNRESET/, 200),
    resetsAfter(`${head}content-length: 25\r\n\r\n`),
  ),
  fault('RST after 103', 'lost', connection(/ECONNRESET/), resetsAfter('HTTP/1.1 103 Early Hints\r\n\r\n')),
  fault('a malformed status line', 'lost', connection(/Expected HTTP/), says('HTPP/9 two hundred\r\n\r\n')),
  fault('a status of no class', 'lost', connection(/./), says('HTTP/1.1 000 None\r\ncontent-length: 0\r\n\r\n')),
  fault(
    'a broken chunk',
    'lost',
    connection(/chunk size/i, 200),
    says(`${head}transfer-encoding: chunked\r\n\r\nA\r\n{"code":0}\r\nZZ\r\n`),
  ),
  fault(
    'two lengths',
    'lost',
    connection(/Content-Length/i),
    says(`${head}content-length: 25\r\ncontent-length: 10\r\n\r\n${ok}`),
  ),
  fault(
    'an upgrade',
    'lost',
    connection(/bad upgrade/),
    says('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
  ),
]

const answered: readonly Fault[] = [
  wrong(
    '200 with a page',
    { headers: { 'content-type': 'text/html' }, body: '<html>\n<b>Log in</b>' },
    'HTTP 200: <html> <b>Log in</b>',
  ),
  wrong('200 with the code 1', { body: '{"code":1}' }, 'HTTP 200: {"code":1}'),
  wrong('200 with the code "0"', { body: '{"code":"0"}' }, 'HTTP 200: {"code":"0"}'),
  wrong('200 with nothing', {}, 'HTTP 200'),
  wrong('200 with JSON that is no object', { body: '[0]' }, 'HTTP 200: [0]'),
  wrong(
    '200 with bytes that are no text',
    { body: Buffer.from([0xff, 0xfe, 0x00, 0xc3]) },
    'HTTP 200: \ufffd\ufffd\u0000\ufffd',
  ),
  wrong(
    '200, compressed',
    { headers: { 'content-encoding': 'gzip' }, body: gzipSync(ok) },
    'HTTP 200 with a body in gzip, which was not requested',
  ),
  wrong('204', {}, 'HTTP 204', 204),
  wrong('301', { headers: { location: '/elsewhere/1' } }, 'HTTP 301', 301),
  wrong('302', { headers: { location: '/elsewhere/1' } }, 'HTTP 302', 302),
  wrong('307', { headers: { location: '/elsewhere/1' } }, 'HTTP 307', 307),
  speaks(400, 'failed', 'rejected'),
  speaks(401, 'kept', 'unauthorized'),
  speaks(403, 'kept', 'unauthorized'),
  speaks(404, 'failed', 'rejected'),
  speaks(408, 'retried', 'server_error'),
  speaks(409, 'failed', 'rejected'),
  speaks(413, 'failed', 'rejected'),
  speaks(422, 'failed', 'rejected'),
  speaks(425, 'retried', 'server_error'),
  speaks(429, 'retried', 'rate_limited'),
  speaks(500, 'retried', 'server_error'),
  speaks(502, 'retried', 'server_error'),
  speaks(503, 'retried', 'server_error'),
  later('429 with seconds', 429, '120', 120_000),
  later('429 with a date', 429, new Date(now + 90_000).toUTCString(), 90_000),
  later('429 with nonsense', 429, 'in a little while', null),
  later('429 with seconds beyond all measure', 429, '99999999999999999999', Number.POSITIVE_INFINITY),
  later('429 with a date beyond all measure', 429, 'Fri, 31 Dec 9999 23:59:59 GMT', Number.POSITIVE_INFINITY),
  later('503 with seconds', 503, '30', 30_000),
]

/** A status with a body beyond the limit. */
function endless(name: string, effect: FaultEffect, code: ErrorCode, httpStatus: number, options: Options = {}): Fault {
  const detail = new RegExp(`^HTTP ${httpStatus} with a body of more than 65536 bytes: x+…$`)
  const begins = `HTTP/1.1 ${httpStatus} As It Is\r\nretry-after: 40\r\ncontent-length: ${floodBytes}\r\n\r\n`
  return fault(name, effect, { code, httpStatus, detail }, floods(begins, filler), { floods: true, ...options })
}

const inChunks = floods(`${head}transfer-encoding: chunked\r\n\r\n`, chunkOf(filler))
const headerLines = Buffer.from('x-filler: of no use\r\n'.repeat(3_000))

const unlimited: readonly Fault[] = [
  { ...endless('an endless body', 'retried', 'bad_response', 200), act: inChunks },
  endless('a body of 100 MB', 'retried', 'bad_response', 200),
  endless('503 with Retry-After and a body of 100 MB', 'retried', 'server_error', 503, { waitMs: 40_000 }),
  endless('404 with a body of 100 MB', 'failed', 'rejected', 404),
  endless('401 with a body of 100 MB', 'kept', 'unauthorized', 401),
  fault('headers without end', 'lost', connection(/HEADERS_OVERFLOW/), floods('HTTP/1.1 200 OK\r\n', headerLines), {
    floods: true,
  }),
  fault('one header without end', 'lost', connection(/HEADERS_OVERFLOW/), floods(`${head}x: `, filler), {
    floods: true,
  }),
]

/** Unusual answers that must not cause a second request. */
const odd: readonly Fault[] = [
  fault('an HTTP/1.0 answer without length', 'sent', null, saysAndCloses(`HTTP/1.0 200 OK\r\n\r\n${ok}`)),
  fault(
    'connection: close on each answer',
    'sent',
    null,
    saysAndCloses(answerOf(200, { headers: { connection: 'close' }, body: ok })),
  ),
  fault('closed after each answer without saying so', 'sent', null, saysAndCloses(answerOf(200, { body: ok }))),
  fault('two answers to one request', 'sent', null, says(Buffer.concat([answerOf(200, { body: ok }), answerOf(500)]))),
  fault(
    '103 before the answer',
    'sent',
    null,
    says(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), answerOf(200, { body: ok })])),
  ),
  fault('an answer before the request was read', 'sent', null, saysAndCloses(answerOf(200, { body: ok })), {
    actsEarly: true,
  }),
  fault(
    'words in another encoding',
    'sent',
    null,
    says(answerOf(200, { body: Buffer.from('{"code":0,"message":"\xcf\xf0\xe8\xed\xff\xf2\xee"}', 'latin1') })),
  ),
  fault('a byte order mark', 'sent', null, says(answerOf(200, { body: `\ufeff${ok}` }))),
  fault(
    '413 before the request was read',
    'failed',
    { code: 'rejected', httpStatus: 413, detail: 'HTTP 413' },
    saysAndCloses(answerOf(413)),
    { actsEarly: true },
  ),
]

/** One fault of each kind that a server can cause. */
export const faults: readonly Fault[] = [...slow, ...broken, ...answered, ...unlimited, ...odd]
