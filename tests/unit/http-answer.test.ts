import { describe, expect, test } from 'vitest'
import { classify, compileRules, parseRetryAfter } from '#electron/gateways/http-answer.ts'
import { contractRules } from '#shared/domain/webhook.ts'
import { http } from '#tests/support/gateway-answer.ts'

const now = Date.parse('2026-11-23T10:00:00Z')
const ok = '{"code":0,"message":"OK"}'
const rules = compileRules(contractRules)
const outcomeOf = (status: number, body: string, retryAfter?: string) =>
  classify({ status, body, retryAfter, unreadable: null }, rules, now)

describe('an answer that means sent', () => {
  test.each([
    [200, ok, ''],
    [200, `\uFEFF${ok}`, ''],
    [200, '{ "message": "OK", "code": 0 }', ''],
    [201, '{"code":0}', '{"code":0}'],
    [202, ' {"message":"OK", "code":0.0, "extra":{}}\n', '{"message":"OK", "code":0.0, "extra":{}}'],
    [200, '{"code":0,"message":"queued as 17"}', '{"code":0,"message":"queued as 17"}'],
  ])('%i %s, of which %j is kept', (status, body, answer) => {
    expect(outcomeOf(status, body)).toEqual({ kind: 'accepted', answer: http(status, answer) })
  })
})

describe('an answer that looks like success and is not: retried', () => {
  test.each([
    [200, ''],
    [200, '{"code":1,"message":"no"}'],
    [200, '{"code":"0"}'],
    [200, '{"code":null}'],
    [200, '{"code":false}'],
    [200, '{"message":"OK"}'],
    [200, '0'],
    [200, 'null'],
    [200, '[]'],
    [200, '[{"code":0}]'],
    [200, '"OK"'],
    [200, '{"code":0'],
    [200, `${ok}${ok}`],
    [200, '{"code":{"code":0}}'],
    [200, '{"__proto__":{"code":0}}'],
    [200, '<html><body>Welcome to the hotel</body></html>'],
    [204, ''],
    [206, '{"code":7}'],
  ])('%i %j', (status, body) => {
    expect(outcomeOf(status, body, '120')).toEqual({
      kind: 'unavailable',
      answer: http(status, body),
      error: { code: 'bad_response', detail: body === '' ? `HTTP ${status}` : `HTTP ${status}: ${body}` },
      retryAfterMs: null,
    })
  })
})

describe('the meaning of other statuses, with any body', () => {
  test.each([
    [400, 'rejected', 'rejected'],
    [404, 'rejected', 'rejected'],
    [409, 'rejected', 'rejected'],
    [413, 'rejected', 'rejected'],
    [422, 'rejected', 'rejected'],
    [401, 'unauthorized', 'unauthorized'],
    [403, 'unauthorized', 'unauthorized'],
    [408, 'unavailable', 'server_error'],
    [425, 'unavailable', 'server_error'],
    [429, 'unavailable', 'rate_limited'],
    [500, 'unavailable', 'server_error'],
    [501, 'unavailable', 'server_error'],
    [502, 'unavailable', 'server_error'],
    [503, 'unavailable', 'server_error'],
    [504, 'unavailable', 'server_error'],
    [599, 'unavailable', 'server_error'],
    [301, 'unavailable', 'bad_response'],
    [304, 'unavailable', 'bad_response'],
    [402, 'unavailable', 'bad_response'],
    [405, 'unavailable', 'bad_response'],
    [418, 'unavailable', 'bad_response'],
  ])('%i is %s, with the code %s', (status, kind, code) => {
    expect(outcomeOf(status, ok)).toMatchObject({
      kind,
      answer: http(status, ok),
      error: { code, detail: `HTTP ${status}: ${ok}` },
    })
  })

  test.each([408, 425, 429, 500, 503])('%i says when to retry', (status) => {
    expect(outcomeOf(status, '', '120')).toMatchObject({ retryAfterMs: 120_000 })
    expect(outcomeOf(status, '')).toMatchObject({ retryAfterMs: null })
  })
})

describe('a body that was not read completely', () => {
  const unread = (status: number, body = '', retryAfter?: string) =>
    classify({ status, body, retryAfter, unreadable: 'a body of more than 9 bytes' }, rules, now)

  test('cannot mean success, however it begins', () => {
    const error = { code: 'bad_response', detail: `HTTP 200 with a body of more than 9 bytes: ${ok}` }
    expect(unread(200, ok)).toEqual({ kind: 'unavailable', answer: http(200, ok), error, retryAfterMs: null })
  })

  test('does not change the meaning of the status', () => {
    expect(unread(404)).toMatchObject({
      kind: 'rejected',
      error: { detail: 'HTTP 404 with a body of more than 9 bytes' },
    })
    expect(unread(401)).toMatchObject({ kind: 'unauthorized', answer: http(401) })
    expect(unread(503, 'x', '7')).toMatchObject({ error: { code: 'server_error' }, retryAfterMs: 7_000 })
  })

  test('does not matter to rules that do not ask for it, and cannot fulfil those that do', () => {
    const byStatus = compileRules({
      success: { statuses: [200], json: null },
      refusal: { statuses: [], json: { path: 'code', value: 0 } },
    })
    expect(classify({ status: 200, body: ok, retryAfter: undefined, unreadable: 'a flaw' }, byStatus, now)).toEqual({
      kind: 'accepted',
      answer: http(200, ok),
    })
  })
})

describe("the gateway's own words", () => {
  test('are kept in one line', () => {
    expect(outcomeOf(400, ' no\r\n\tsuch   number\n')).toMatchObject({ error: { detail: 'HTTP 400: no such number' } })
  })

  test('are cut to a sane length', () => {
    const long = outcomeOf(500, 'x'.repeat(5_000))
    expect(long).toMatchObject({ error: { detail: `HTTP 500: ${'x'.repeat(300)}…` } })
  })

  test('are never cut inside a character', () => {
    const long = outcomeOf(500, `${'x'.repeat(299)}🎁🎁`)
    expect(long).toMatchObject({ error: { detail: `HTTP 500: ${'x'.repeat(299)}…` } })
  })
})

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['1', 1_000],
    [' 120 ', 120_000],
    ['9999999999', 2 ** 31 * 1000],
    ['9'.repeat(400), 2 ** 31 * 1000],
    ['Mon, 23 Nov 2026 10:01:30 GMT', 90_000],
    ['Monday, 23-Nov-26 10:01:30 GMT', 90_000],
    ['Mon Nov 23 10:01:30 2026', 90_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
  ])('%j is %i ms', (value, ms) => {
    expect(parseRetryAfter(value, now)).toBe(ms)
  })

  test.each([
    undefined,
    '',
    ' ',
    'soon',
    'soon 5',
    'May 5',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    '12s',
    'NaN',
    'Mon, 99 Nov 2026 10:00:00 GMT',
    '2026-11-23T10:01:30Z',
  ])('%j says nothing', (value) => {
    expect(parseRetryAfter(value, now)).toBeNull()
  })
})
