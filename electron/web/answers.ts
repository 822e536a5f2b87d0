import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { type InputProblem, issueOf, textOfIssues } from '#shared/errors/issue.ts'

/** A request that is answered with an error: what the REST API says as `{ code, message, data }`. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly data: unknown
  readonly headers: OutgoingHttpHeaders

  constructor(
    status: number,
    code: string,
    message: string,
    more: { data?: unknown; headers?: OutgoingHttpHeaders } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.data = more.data ?? null
    this.headers = more.headers ?? {}
  }
}

/** A 400 in the contract's own shape. */
export function invalidInput(problems: readonly InputProblem[]): Refusal {
  const issues = problems.map(issueOf)
  return new Refusal(400, 'VALIDATION', textOfIssues(issues), { data: { issues } })
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** Answers with a page. */
export function sendHtml(
  response: ServerResponse,
  status: number,
  html: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
  response.end(html)
}

/** Answers with an error. */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const { status, code, message, data, headers } = refusal
  sendJson(response, status, { code, message, data }, headers)
}

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** What every answer carries: nothing foreign runs in our pages, nothing of ours lands in foreign pages, caches or logs. */
export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', contentPolicy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cache-control', 'no-store')
}
