import type { AppError } from '../errors/app-error.ts'
import type { InputProblem } from '../errors/issue.ts'
import {
  compileRequestTemplate,
  type RequestTemplate,
  type RequestValues,
  renderErrorOf,
  type TemplatePlace,
} from './request-template.ts'
import type { Webhook, WebhookField } from './webhook.ts'

/** A request, ready to send. */
export interface WebhookRequest {
  readonly method: Webhook['method']
  readonly url: string
  readonly headers: readonly WebhookField[]
  readonly body: string | null
}

/** A problem of a webhook: its path (`headers.0.value`), and a message that says how to fix it. */
export type WebhookProblem = InputProblem

type ReportProblem = (path: string, error: AppError) => void

export interface CompiledWebhook {
  readonly usesToken: boolean
  /** Templates that do not parse. They are empty in every request. */
  readonly problems: readonly WebhookProblem[]
  /** Renders the request for a message. Reports parts that cannot be rendered, without any values, and leaves them empty. */
  render(values: RequestValues, report: ReportProblem): WebhookRequest
}

/** Scheme, host and port must be literal, so that a message's values cannot change where the token is sent. */
const literalOrigin = /^https?:\/\/[^\s/?#{}@\\]+(?=[/?]|$)/i

/** Returns the origin of a webhook's URL, or null if it is not literal. */
export function originOf(url: string): string | null {
  const [origin] = literalOrigin.exec(url) ?? []
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).origin : null
}

/** Parses the templates of a webhook. The result renders the request for each message. */
export function compileWebhook(webhook: Webhook): CompiledWebhook {
  const problems: WebhookProblem[] = []
  let usesToken = false

  function compile(path: string, source: string, place: TemplatePlace): RequestTemplate | null {
    const result = compileRequestTemplate(source, place)
    if (result.ok) {
      usesToken ||= result.template.usesToken
      return result.template
    }
    problems.push({ path, ...result.error })
    return null
  }

  const url = compile('url', webhook.url, 'url')
  const headers = webhook.headers.map(({ name, value }, index) => {
    const path = `headers.${index}.value`
    return { name, path, template: compile(path, value, 'plain') }
  })
  const body = compileBody(webhook.body, compile)
  const contentType = headers.some(({ name }) => name.toLowerCase() === 'content-type') ? null : body.contentType
  const origin = originOf(webhook.url)

  return {
    usesToken,
    problems,
    render(values, report) {
      const rendered = headers.map(({ name, path, template }) => ({
        name,
        value: headerValue(fill(path, template, values, report), path, report),
      }))
      return {
        method: webhook.method,
        url: addressOf(fill('url', url, values, report), origin, report),
        headers: contentType === null ? rendered : [...rendered, { name: 'Content-Type', value: contentType }],
        body: body.render(values, report),
      }
    },
  }
}

interface CompiledBody {
  readonly contentType: string | null
  render(values: RequestValues, report: ReportProblem): string | null
}

function compileBody(
  body: Webhook['body'],
  compile: (path: string, source: string, place: TemplatePlace) => RequestTemplate | null,
): CompiledBody {
  if (body.format === 'none') return { contentType: null, render: () => null }
  if (body.format === 'form') {
    const fields = body.fields.map(({ name, value }, index) => {
      const path = `body.fields.${index}.value`
      return { name, path, template: compile(path, value, 'plain') }
    })
    return {
      contentType: 'application/x-www-form-urlencoded',
      render: (values, report) =>
        new URLSearchParams(
          fields.map(({ name, path, template }) => [name, fill(path, template, values, report)]),
        ).toString(),
    }
  }
  const path = 'body.template'
  const template = compile(path, body.template, 'json')
  return {
    contentType: 'application/json',
    render(values, report) {
      const json = fill(path, template, values, report)
      const fault = template === null ? null : jsonFault(json)
      if (fault !== null) report(path, fault)
      return json
    },
  }
}

function fill(path: string, template: RequestTemplate | null, values: RequestValues, report: ReportProblem): string {
  if (template === null) return ''
  try {
    return template.render(values)
  } catch (error) {
    report(path, renderErrorOf(error))
    return ''
  }
}

function headerValue(value: string, path: string, report: ReportProblem): string {
  const trimmed = value.trim()
  if (!/^[\t\x20-\x7e]*$/.test(trimmed)) report(path, { code: 'webhook_header_value' })
  return trimmed
}

function addressOf(url: string, origin: string | null, report: ReportProblem): string {
  const address = URL.canParse(url) ? new URL(url) : null
  if (address !== null && origin !== null && address.origin === origin)
    return `${origin}${address.pathname}${address.search}`
  report('url', { code: 'webhook_host' })
  return url
}

/** Where a text stops being JSON; null when it is JSON. */
function jsonFault(text: string): AppError | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined
    if (position === undefined) return { code: 'webhook_not_json' }
    const lines = text.slice(0, Number(position)).split('\n')
    return {
      code: 'webhook_not_json_at',
      params: { row: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 },
    }
  }
}
