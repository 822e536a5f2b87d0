import type { ErrorCode } from '#shared/domain/states.ts'
import { type CompiledRules, holds } from './answer-rules.ts'
import type { Outcome } from './gateway.ts'

/** A gateway's answer as far as we read it. */
export interface HttpAnswer {
  readonly status: number
  readonly retryAfter: string | undefined
  /** Where it is `unreadable`, as much of it as can be shown. */
  readonly body: string
  /** What keeps the body from meaning anything, in words; null when it was read whole. */
  readonly unreadable: string | null
}

/** The longest stretch of the gateway's own words that is kept. */
const longestDetail = 300

/** No longer wait can be asked for; as large as HTTP has any number of seconds count (RFC 9111, 1.2.2). */
const longestWaitSeconds = 2 ** 31

/**
 * What an answer means (DOMAIN, rules of sending, 4), by the rules of its gateway. What the rules call neither success nor
 * a refusal for good, and what does not speak of our token, is worth another try.
 */
export function classify(
  { status, retryAfter, body, unreadable }: HttpAnswer,
  rules: CompiledRules,
  now: number,
): Outcome {
  const { success, refusal } = rules
  const needsBody = refusal.json !== null || (success.json !== null && success.statuses.has(status))
  const parsed = needsBody && unreadable === null ? parse(body) : undefined
  const isRefused = holds(refusal, parsed)
  if (!isRefused && success.statuses.has(status) && (success.json === null || holds(success, parsed)))
    return { kind: 'accepted', httpStatus: status, answer: isExpected(parsed) ? '' : cut(body) }

  const detail = `HTTP ${status}${unreadable === null ? '' : ` with ${unreadable}`}${body === '' ? '' : `: ${cut(body)}`}`
  if (isRefused || refusal.statuses.has(status))
    return { kind: 'rejected', httpStatus: status, error: { code: 'rejected', detail } }
  if (status === 401 || status === 403)
    return { kind: 'unauthorized', httpStatus: status, error: { code: 'unauthorized', detail } }
  const isGood = status >= 200 && status < 300
  return {
    kind: 'unavailable',
    httpStatus: status,
    error: { code: codeOf(status), detail },
    retryAfterMs: isGood ? null : parseRetryAfter(retryAfter, now),
  }
}

/** Whether this is what the contract has a gateway say to a message that it takes, and no more. */
function isExpected(parsed: unknown): boolean {
  if (typeof parsed !== 'object' || parsed === null || Object.keys(parsed).length !== 2) return false
  return 'code' in parsed && parsed.code === 0 && 'message' in parsed && parsed.message === 'OK'
}

function codeOf(status: number): ErrorCode {
  if (status === 429) return 'rate_limited'
  return status === 408 || status === 425 || status >= 500 ? 'server_error' : 'bad_response'
}

function parse(body: string): unknown {
  try {
    // A byte order mark is no part of the text, and some servers write one (RFC 8259, 8.1).
    return JSON.parse(body.replace(/^\uFEFF/, ''))
  } catch {
    // A body that is no JSON has nothing at any path.
    return undefined
  }
}

/** The three forms of an HTTP date (RFC 9110, 5.6.7); the last of them names no zone and means GMT. */
const httpDate =
  /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$|^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/** `Retry-After` as milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3). Nonsense is as good as nothing. */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null
  const text = value.trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text), longestWaitSeconds) * 1000
  const at = httpDate.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/** Foreign words in one line of a sane length. */
export function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= longestDetail ? line : `${line.slice(0, longestDetail).replace(/[\uD800-\uDBFF]$/, '')}…`
}
