import { parseJsonPath } from './json-path.ts'
import type { RequestValues } from './request-template.ts'
import { matchesStatus, type Webhook } from './webhook.ts'
import { compileWebhook, originOf, type WebhookProblem } from './webhook-request.ts'

/** Values to test a webhook with. The text has characters that need encoding. */
export const sampleClient = { name: 'Anna' }

export const sampleValues: RequestValues = {
  message: { id: 1, phone: '79001234567', text: 'Hello, "Anna" & Co.!\nTwo lines, a \\ and 100 %.' },
  client: { ...sampleClient, phone: '79001234567' },
  delivery: { id: 1, name: 'A delivery' },
  token: 'token',
}

/** A header name (RFC 9110, 5.6.2). */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Headers of the connection, which the program sets. */
const reservedHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Returns every problem that makes a webhook unusable, with its path. Pure. */
export function problemsOfWebhook(webhook: Webhook): WebhookProblem[] {
  const problems: WebhookProblem[] = [
    ...problemsOfAddress(webhook.url),
    ...problemsOfHeaders(webhook.headers),
    ...problemsOfRules(webhook),
  ]
  if (webhook.method === 'GET' && webhook.body.format !== 'none')
    problems.push({ path: 'body', code: 'webhook_body_with_get' })
  const fields = webhook.body.format === 'form' ? webhook.body.fields : []
  for (const [index, { name }] of fields.entries())
    if (name === '') problems.push({ path: `body.fields.${index}.name`, code: 'empty' })
  const compiled = compileWebhook(webhook)
  problems.push(...compiled.problems)
  // A webhook that fails with the sample values would fail for every message.
  if (problems.length === 0) compiled.render(sampleValues, (path, error) => problems.push({ path, ...error }))
  return problems
}

function problemsOfAddress(url: string): WebhookProblem[] {
  if (!/^https?:\/\//i.test(url)) return [{ path: 'url', code: 'url_not_http' }]
  if (originOf(url) === null) return [{ path: 'url', code: 'webhook_host' }]
  return []
}

function problemsOfHeaders(headers: Webhook['headers']): WebhookProblem[] {
  const problems: WebhookProblem[] = []
  const seen = new Set<string>()
  for (const [index, { name, value }] of headers.entries()) {
    const path = `headers.${index}.name`
    const key = name.toLowerCase()
    if (!headerName.test(name)) problems.push({ path, code: 'webhook_header_name' })
    else if (reservedHeaders.has(key)) problems.push({ path, code: 'webhook_header_reserved' })
    else if (seen.has(key)) problems.push({ path, code: 'webhook_header_twice' })
    seen.add(key)
    if (key === 'authorization' && !value.includes('{{'))
      problems.push({
        path: `headers.${index}.value`,
        code: 'webhook_secret_in_header',
      })
  }
  return problems
}

function problemsOfRules({ success, refusal }: Webhook): WebhookProblem[] {
  const problems: WebhookProblem[] = []
  for (const [side, { json }] of Object.entries({ success, refusal })) {
    const result = json === null ? null : parseJsonPath(json.path)
    if (result !== null && !result.ok)
      problems.push({
        path: `${side}.json.path`,
        code: 'webhook_path',
        params: { column: result.column },
      })
  }
  // With a condition the body decides. Without one a status cannot mean both success and refusal.
  const twice = refusal.statuses.find(
    (status) =>
      success.statuses.includes(status) || (typeof status === 'number' && matchesStatus(success.statuses, status)),
  )
  if (success.json === null && twice !== undefined)
    problems.push({ path: 'refusal.statuses', code: 'webhook_status_twice', params: { status: twice } })
  return problems
}
