import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { type InputProblem, issueOf, textOfIssues } from '#shared/errors/issue.ts'

/** An error response: a status, and `{ code, message, data }` as the body. */
export class HttpError extends Error {
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

/** Returns a 400 in the shape that the contract declares. */
export function invalidInput(problems: readonly InputProblem[]): HttpError {
  const issues = problems.map(issueOf)
  return new HttpError(400, 'VALIDATION', textOfIssues(issues), { data: { issues } })
}

/** Sends a response with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** Sends a response with a page. */
export function sendHtml(
  response: ServerResponse,
  status: number,
  html: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
  response.end(html)
}

/** Sends an error response. */
export function sendError(response: ServerResponse, error: HttpError): void {
  const { status, code, message, data, headers } = error
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

/** Headers of every response: no foreign code in our pages, and no content of ours in foreign pages, caches or referrers. */
export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', contentPolicy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cache-control', 'no-store')
}
