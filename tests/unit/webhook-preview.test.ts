import { describe, expect, test } from 'vitest'
import { previewWebhook } from '#electron/gateways-setup/preview-webhook.ts'
import { type WebhookDraft, webhookDraftSchema } from '#shared/contract/webhook.ts'

const draft = (fields: Partial<WebhookDraft> = {}): WebhookDraft =>
  webhookDraftSchema.parse({ url: 'https://gateway.example/send/{{ message.id }}', ...fields })

const sample = {
  message: { id: 42, phone: '79001234567', text: 'Привет, "Анна"' },
  client: { name: 'Анна', language: '', attributes: { city: 'Омск' } },
  delivery: { id: 5, name: 'Sale' },
}

test('the request as it would go out, the token masked', () => {
  expect(previewWebhook(draft(), sample, true)).toEqual({
    method: 'POST',
    url: 'https://gateway.example/send/42',
    headers: [
      { name: 'Authorization', value: 'Bearer ********' },
      { name: 'Content-Type', value: 'application/json' },
    ],
    body: '{\n  "id": 42,\n  "phone": 79001234567,\n  "text": "Привет, \\"Анна\\""\n}',
    problems: [],
  })
})

test('needs no sample', () => {
  const { url, body, problems } = previewWebhook(draft(), undefined, true)
  expect([url, JSON.parse(body ?? ''), problems]).toEqual([
    'https://gateway.example/send/1',
    { id: 1, phone: 79_001_234_567, text: expect.stringContaining('"Anna"') },
    [],
  ])
})

describe('what is wrong stands beside what is right', () => {
  test.each([
    ['an address that is none', { url: 'gateway' }, ['url']],
    ['a template that does not parse', { url: 'https://h/{{ message.id' }, ['url']],
    ['a header that cannot be', { headers: [{ name: 'X Y', value: 'a' }] }, ['headers.0.name']],
    ['a body that is no JSON', { body: { format: 'json' as const, template: '{' } }, ['body.template']],
    // "Anna" would do in a header, this client's name does not.
    [
      'what fails for this client alone',
      { headers: [{ name: 'X-Name', value: '{{ client.name }}' }] },
      ['headers.0.value'],
    ],
  ])('%s', (_name, fields, paths) => {
    const preview = previewWebhook(draft(fields), sample, true)
    expect(preview.problems.map(({ path }) => path)).toEqual(paths)
    expect(preview.method).toBe('POST')
  })

  test('a token that is used and not there', () => {
    expect(previewWebhook(draft(), sample, false).problems).toEqual([
      { path: 'token', code: 'webhook_token_missing', params: {}, message: 'is used here, but no token is saved' },
    ])
    expect(previewWebhook(draft({ headers: [] }), sample, false).problems).toEqual([])
  })
})
