import type { GatewaySettings } from '#shared/contract/gateway.ts'
import type { WebhookDraft } from '#shared/contract/webhook.ts'
import { statusClasses, webhookDefaults } from '#shared/domain/webhook.ts'

/** A row of a list; React needs the key. */
export interface NamedValue {
  key: string
  name: string
  value: string
}

/** The form values of a webhook. Each kind of body is kept, so that switching loses nothing. */
export interface WebhookValues {
  method: WebhookDraft['method']
  url: string
  headers: NamedValue[]
  format: WebhookDraft['body']['format']
  template: string
  fields: NamedValue[]
  /** As entered: `2xx, 302`. */
  successStatuses: string
  /** Empty: the body is not checked. */
  successPath: string
  successValue: string
  refusalStatuses: string
  refusalPath: string
  refusalValue: string
}

type Statuses = WebhookDraft['refusal']['statuses']
type Condition = WebhookDraft['refusal']['json']

/** The form values of a webhook. */
export function webhookValuesOf({
  method,
  url,
  headers,
  body,
  success,
  refusal,
}: GatewaySettings['webhook']): WebhookValues {
  return {
    method,
    url,
    headers: rowsOf(headers),
    format: body.format,
    template: body.format === 'json' ? body.template : webhookDefaults.body.template,
    fields: body.format === 'form' ? rowsOf(body.fields) : [],
    successStatuses: success.statuses.join(', '),
    successPath: success.json?.path ?? '',
    successValue: wordOf(success.json),
    refusalStatuses: refusal.statuses.join(', '),
    refusalPath: refusal.json?.path ?? '',
    refusalValue: wordOf(refusal.json),
  }
}

/** The webhook that the form describes. Invalid statuses become `fallback`, which is enough for a preview. */
export function webhookOf(values: WebhookValues, fallback: Statuses = []): WebhookDraft {
  const { method, url, headers, successStatuses, successPath, successValue } = values
  const { refusalStatuses, refusalPath, refusalValue } = values
  return {
    method,
    url: url.trim(),
    headers: headers.map(({ name, value }) => ({ name: name.trim(), value })),
    body: bodyOf(values),
    success: {
      statuses: statusesOf(successStatuses) ?? fallback,
      json: conditionOf(successPath, successValue),
    },
    refusal: { statuses: statusesOf(refusalStatuses) ?? [], json: conditionOf(refusalPath, refusalValue) },
  }
}

/** Parses statuses such as `2xx, 302`; null if they are invalid. */
export function statusesOf(text: string): Statuses | null {
  const statuses: Statuses = []
  for (const word of text.split(/[\s,;]+/).filter((each) => each !== '')) {
    const wholeClass = statusClasses.find((each) => each === word.toLowerCase())
    const pattern = wholeClass ?? (/^[2-5]\d\d$/.test(word) ? Number(word) : undefined)
    if (pattern === undefined) return null
    statuses.push(pattern)
  }
  return statuses
}

function bodyOf({ method, format, template, fields }: WebhookValues): WebhookDraft['body'] {
  if (method === 'GET' || format === 'none') return { format: 'none' }
  if (format === 'json') return { format, template }
  return { format, fields: fields.map(({ name, value }) => ({ name: name.trim(), value })) }
}

function conditionOf(path: string, word: string): Condition {
  return path.trim() === '' ? null : { path: path.trim(), value: scalarOf(word) }
}

/** Parses `0`, `true`, `null` and quoted text as JSON; anything else is plain text. */
function scalarOf(word: string): NonNullable<Condition>['value'] {
  try {
    const value: unknown = JSON.parse(word)
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return value
  } catch {
    // Not JSON: a plain word, which needs no quotes.
  }
  return word.trim()
}

/** Formats a value for the form: text is quoted only if it would be parsed as something else. */
function wordOf(condition: Condition): string {
  if (condition === null) return ''
  const { value } = condition
  return typeof value === 'string' && scalarOf(value) === value ? value : JSON.stringify(value)
}

function rowsOf(list: readonly { readonly name: string; readonly value: string }[]): NamedValue[] {
  return list.map(({ name, value }, index) => ({ key: String(index), name, value }))
}

/** The form field for a field of the engine (`webhook.body.template`). */
export function atWebhookField(path: string): string {
  return path
    .replace(/^webhook\.body\.(template|fields)/, 'webhook.$1')
    .replace(/^webhook\.body.*/, 'webhook.format')
    .replace(/^webhook\.(success|refusal)\.statuses.*/, 'webhook.$1Statuses')
    .replace(/^webhook\.(success|refusal)\.json\.value.*/, 'webhook.$1Value')
    .replace(/^webhook\.(success|refusal)\.json.*/, 'webhook.$1Path')
}
