import { describe, expect, test } from 'vitest'
import { type WebhookDraft, webhookDraftSchema } from '#shared/contract/webhook.ts'
import {
  atWebhookField,
  statusesOf,
  webhookOf,
  webhookValuesOf,
} from '../../renderer/features/settings/webhook/webhook-values.ts'

const draft = (fields: Partial<WebhookDraft> = {}): WebhookDraft =>
  webhookDraftSchema.parse({ url: 'https://gateway.example/{{ message.id }}', ...fields })

describe('the form returns the webhook that it was filled with', () => {
  test.each([
    ['the defaults', {}],
    ['no body', { body: { format: 'none' } }],
    ['a form', { body: { format: 'form', fields: [{ name: 'a', value: '{{ message.text }}' }] } }],
    ['a body of its own', { body: { format: 'json', template: '[{{ message.text }}]' } }],
    ['a GET', { method: 'GET', headers: [], body: { format: 'none' } }],
    ['statuses alone', { success: { statuses: [200, '3xx'], json: null }, refusal: { statuses: [], json: null } }],
    ...[0, -1.5, true, false, null, 'OK', '', '0', 'true', 'null', '"quoted"', '{}', ' blank '].map(
      (value) =>
        [`the value ${JSON.stringify(value)}`, { success: { statuses: [200], json: { path: 'a', value } } }] as const,
    ),
  ] as const)('%s', (_name, fields) => {
    const webhook = draft(fields as Partial<WebhookDraft>)
    expect(webhookOf(webhookValuesOf(webhook))).toEqual(webhook)
  })
})

describe('an expected value is parsed as JSON, else it is plain text', () => {
  test.each([
    ['0', 0],
    [' 0 ', 0],
    ['"0"', '0'],
    ['true', true],
    ['null', null],
    ['queued', 'queued'],
    [' queued ', 'queued'],
    ['', ''],
    ['[1]', '[1]'],
  ])('%j means %j', (successValue, value) => {
    const values = { ...webhookValuesOf(draft()), successValue }
    expect(webhookOf(values).success.json).toEqual({ path: 'code', value })
  })
})

describe('statuses', () => {
  test.each([
    ['200', [200]],
    ['2xx, 302;404  5XX', ['2xx', 302, 404, '5xx']],
    ['', []],
    [' , ', []],
    ['20', null],
    ['600', null],
    ['1xx', null],
    ['200-299', null],
    ['constructor', null],
  ])('%j', (text, statuses) => {
    expect(statusesOf(text)).toEqual(statuses)
  })
})

describe('the engine’s errors are mapped to the form’s fields', () => {
  test.each([
    ['webhook.url', 'webhook.url'],
    ['webhook.headers.2.name', 'webhook.headers.2.name'],
    ['webhook.body', 'webhook.format'],
    ['webhook.body.template', 'webhook.template'],
    ['webhook.body.fields.1.value', 'webhook.fields.1.value'],
    ['webhook.success.statuses.0', 'webhook.successStatuses'],
    ['webhook.refusal.statuses', 'webhook.refusalStatuses'],
    ['webhook.refusal.json.path', 'webhook.refusalPath'],
    ['webhook.success.json.value', 'webhook.successValue'],
    ['timeoutMs', 'timeoutMs'],
  ])('%s', (path, field) => {
    expect(atWebhookField(path)).toBe(field)
  })
})
