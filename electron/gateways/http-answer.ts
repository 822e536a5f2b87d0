import { type JsonStep, parseJsonPath, readJsonPath } from '#shared/domain/json-path.ts'
import type { ErrorCode } from '#shared/domain/states.ts'
import { type AnswerRules, type JsonCondition, matchesStatus, type StatusPattern } from '#shared/domain/webhook.ts'
import type { GatewayAnswer, Outcome } from './gateway.ts'

/** A gateway's HTTP answer, as far as it is read. */
export interface HttpAnswer {
  readonly status: number
  readonly retryAfter: string | undefined
  /** As much of the body as can be shown. */
  readonly body: string
  /** Why the body cannot be interpreted, in words; null when it was read completely. */
  readonly unreadable: string | null
}

/** The maximum of the gateway's own words that is kept, in characters. */
const maxDetail = 300

/** The maximum of a requested wait; HTTP counts seconds no further (RFC 9111, 1.2.2). */
const maxWaitSeconds = 2 ** 31

/**
 * Returns what an answer means by the rules of its gateway (DOMAIN, rules of sending, 4). What is neither success nor a
 * refusal, and does not concern our token, is worth a retry.
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
    return { kind: 'accepted', answer: answerOf(status, isExpected(parsed) ? '' : body) }

  const answer = answerOf(status, body)
  const detail = `HTTP ${status}${unreadable === null ? '' : ` with ${unreadable}`}${body === '' ? '' : `: ${answer.text}`}`
  if (isRefused || refusal.statuses.has(status))
    return { kind: 'rejected', answer, error: { code: 'rejected', detail } }
  if (status === 401 || status === 403) return { kind: 'unauthorized', answer, error: { code: 'unauthorized', detail } }
  const isGood = status >= 200 && status < 300
  return {
    kind: 'unavailable',
    answer,
    error: { code: codeOf(status), detail },
    retryAfterMs: isGood ? null : parseRetryAfter(retryAfter, now),
  }
}

function answerOf(code: number, body: string): GatewayAnswer {
  return { protocol: 'http', code, text: cut(body) }
}

/** Whether this is exactly what the contract defines as the answer to an accepted message. */
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
    // A byte order mark is not part of the text, and some servers write one (RFC 8259, 8.1).
    return JSON.parse(body.replace(/^\uFEFF/, ''))
  } catch {
    // A body that is not JSON has nothing at any path.
    return undefined
  }
}

/** The three forms of an HTTP date (RFC 9110, 5.6.7); the last of them names no zone and means GMT. */
const httpDate =
  /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$|^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/** Returns `Retry-After`, seconds or an HTTP date (RFC 9110, 10.2.3), in ms from now; null when it is neither. */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null
  const text = value.trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text), maxWaitSeconds) * 1000
  const at = httpDate.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/** Returns foreign text as one line of a limited length. */
export function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= maxDetail ? line : `${line.slice(0, maxDetail).replace(/[\uD800-\uDBFF]$/, '')}…`
}

export type ReadAnswer = (answer: HttpAnswer) => Outcome

/** A shorter token protects nothing, and occurs in ordinary words. */
const minTokenLength = 8

/** Masks the token where a gateway repeats it, so that it reaches neither the store nor the log. */
export function withoutToken(token: string, read: ReadAnswer): ReadAnswer {
  if (token.length < minTokenLength) return read
  const spellings = [...new Set([token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)])]
  return (answer) => {
    const outcome = read(answer)
    if (!spellings.some((spelling) => answer.body.includes(spelling))) return outcome
    const masked = read({
      ...answer,
      body: spellings.reduce((body, each) => body.replaceAll(each, '<token>'), answer.body),
    })
    // An accepted message stays accepted: masking changes only the text.
    if (outcome.kind === 'accepted' && masked.kind !== 'accepted')
      return { ...outcome, answer: { ...outcome.answer, text: '' } }
    return masked
  }
}

/** The rules of a gateway, compiled once and applied to every answer. */
export interface CompiledRules {
  readonly success: CompiledRule
  readonly refusal: CompiledRule
}

interface CompiledRule {
  readonly statuses: ReadonlySet<number>
  /** Null when the body does not matter. */
  readonly json: { readonly steps: readonly JsonStep[]; readonly value: JsonCondition['value'] } | null
}

/** Compiles rules. Throws when a path is invalid, which the contract rules out. */
export function compileRules({ success, refusal }: AnswerRules): CompiledRules {
  return { success: compileRule(success), refusal: compileRule(refusal) }
}

/** Whether the body has the value that a rule asks for; false when the rule asks for none, or the body is not JSON. */
function holds({ json }: CompiledRule, parsed: unknown): boolean {
  return json !== null && readJsonPath(parsed, json.steps) === json.value
}

function compileRule({
  statuses,
  json,
}: {
  readonly statuses: readonly StatusPattern[]
  readonly json: JsonCondition | null
}): CompiledRule {
  const all = Array.from({ length: 400 }, (_, index) => 200 + index)
  return {
    statuses: new Set(all.filter((status) => matchesStatus(statuses, status))),
    json: json === null ? null : { steps: stepsOf(json.path), value: json.value },
  }
}

function stepsOf(path: string): readonly JsonStep[] {
  const result = parseJsonPath(path)
  if (!result.ok) throw new Error(`not a JSON path: ${path}`)
  return result.steps
}
