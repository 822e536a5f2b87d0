import type { Outcome } from './gateway.ts'

/** A gateway's answer as far as we read it. */
export interface HttpAnswer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: string
}

/** The longest stretch of the gateway's own words that is kept. */
const longestDetail = 300

const permanent = new Set([400, 404, 409, 413, 422])

/**
 * What an answer means (DOMAIN, rules of sending, 4). 2xx counts only with a JSON body whose `code` is 0; what is neither
 * success nor one of the permanent refusals is worth another try.
 */
export function classify({ status, retryAfter, body }: HttpAnswer, now: number): Outcome {
  const detail = `HTTP ${status}${body === '' ? '' : `: ${cut(body)}`}`
  if (status >= 200 && status < 300) {
    if (isSuccess(body)) return { kind: 'accepted', httpStatus: status }
    return { kind: 'unavailable', httpStatus: status, error: { code: 'bad_response', detail }, retryAfterMs: null }
  }
  if (status === 401 || status === 403)
    return { kind: 'unauthorized', httpStatus: status, error: { code: 'unauthorized', detail } }
  if (permanent.has(status)) return { kind: 'rejected', httpStatus: status, error: { code: 'rejected', detail } }
  const code =
    status === 429
      ? 'rate_limited'
      : status === 408 || status === 425 || status >= 500
        ? 'server_error'
        : 'bad_response'
  return {
    kind: 'unavailable',
    httpStatus: status,
    error: { code, detail },
    retryAfterMs: parseRetryAfter(retryAfter, now),
  }
}

function isSuccess(body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && 'code' in parsed && parsed.code === 0
  } catch {
    return false
  }
}

/** The three forms of an HTTP date (RFC 9110, 5.6.7); the last of them names no zone and means GMT. */
const httpDate =
  /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$|^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/** `Retry-After` as milliseconds from now: seconds or an HTTP date (RFC 9110, 10.2.3). Nonsense is as good as nothing. */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null
  const text = value.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const at = httpDate.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= longestDetail ? line : `${line.slice(0, longestDetail).replace(/[\uD800-\uDBFF]$/, '')}…`
}
