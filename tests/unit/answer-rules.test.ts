import { describe, expect, test } from 'vitest'
import { classify, compileRules } from '#electron/gateways/http-answer.ts'
import type { AnswerRules } from '#shared/domain/webhook.ts'
import { http } from '#tests/support/gateway-answer.ts'

const nothing: AnswerRules['refusal'] = { statuses: [], json: null }

function meaningOf(rules: AnswerRules, status: number, body = '') {
  return classify({ status, body, retryAfter: undefined, unreadable: null }, compileRules(rules), 0).kind
}

describe('success by status alone', () => {
  const rules: AnswerRules = { success: { statuses: [202, '3xx'], json: null }, refusal: nothing }
  test.each([
    [202, '', 'accepted'],
    [202, '<html>', 'accepted'],
    [302, '', 'accepted'],
    [200, '{"code":0}', 'unavailable'],
    [400, '', 'unavailable'],
    [401, '', 'unauthorized'],
  ])('%i %j is %s', (status, body, kind) => {
    expect(meaningOf(rules, status, body)).toBe(kind)
  })
})

describe('success by status and JSON', () => {
  const rules: AnswerRules = {
    success: { statuses: ['2xx'], json: { path: 'result.items[0].state', value: 'queued' } },
    refusal: nothing,
  }
  test.each([
    [200, '{"result":{"items":[{"state":"queued"}]}}', 'accepted'],
    [299, '{"result":{"items":[{"state":"queued"},{"state":"x"}]}}', 'accepted'],
    [200, '{"result":{"items":[{"state":"QUEUED"}]}}', 'unavailable'],
    [200, '{"result":{"items":[]}}', 'unavailable'],
    [200, '{"result":{"items":{"0":{"state":"queued"}}}}', 'unavailable'],
    [200, 'null', 'unavailable'],
    [200, 'queued', 'unavailable'],
    [200, '', 'unavailable'],
    [500, '{"result":{"items":[{"state":"queued"}]}}', 'unavailable'],
  ])('%i %s is %s', (status, body, kind) => {
    expect(meaningOf(rules, status, body)).toBe(kind)
  })
})

describe('a value is compared type and all', () => {
  test.each([
    [0, '{"v":0}', true],
    [0, '{"v":"0"}', false],
    [0, '{"v":false}', false],
    [0, '{"v":null}', false],
    ['0', '{"v":"0"}', true],
    ['0', '{"v":0}', false],
    [true, '{"v":true}', true],
    [true, '{"v":1}', false],
    [null, '{"v":null}', true],
    [null, '{}', false],
    [null, 'no JSON', false],
    ['', '{"v":""}', true],
    ['[object Object]', '{"v":{}}', false],
  ] as const)('%j in %s: %s', (value, body, isThere) => {
    const rules: AnswerRules = { success: { statuses: [200], json: { path: 'v', value } }, refusal: nothing }
    expect(meaningOf(rules, 200, body)).toBe(isThere ? 'accepted' : 'unavailable')
  })

  test('the whole answer may be the value', () => {
    const rules: AnswerRules = { success: { statuses: [200], json: { path: '$', value: 'OK' } }, refusal: nothing }
    expect(meaningOf(rules, 200, '"OK"')).toBe('accepted')
  })
})

describe('a refusal for good', () => {
  const rules: AnswerRules = {
    success: { statuses: ['2xx'], json: null },
    refusal: { statuses: [403, 410, '5xx'], json: { path: 'error.code', value: 21211 } },
  }
  test.each([
    [410, '', 'rejected'],
    [503, '', 'rejected'],
    // The user's rules take precedence over the usual meaning of a status.
    [403, '', 'rejected'],
    // The rules for the body take precedence over the status, even a successful one.
    [200, '{"error":{"code":21211}}', 'rejected'],
    [404, '{"error":{"code":21211}}', 'rejected'],
    [200, '{"error":{"code":1}}', 'accepted'],
    [404, '{"error":{"code":1}}', 'unavailable'],
    [401, '', 'unauthorized'],
  ])('%i %s is %s', (status, body, kind) => {
    expect(meaningOf(rules, status, body)).toBe(kind)
  })

  test('may begin where success ends: the same status with another body', () => {
    const strict: AnswerRules = {
      success: { statuses: [200], json: { path: 'ok', value: true } },
      refusal: { statuses: [200], json: null },
    }
    expect(meaningOf(strict, 200, '{"ok":true}')).toBe('accepted')
    expect(meaningOf(strict, 200, '{"ok":false}')).toBe('rejected')
  })

  test("keeps the gateway's own words", () => {
    const outcome = classify(
      { status: 200, body: '{"error":{"code":21211}}', retryAfter: undefined, unreadable: null },
      compileRules(rules),
      0,
    )
    expect(outcome).toEqual({
      kind: 'rejected',
      answer: http(200, '{"error":{"code":21211}}'),
      error: { code: 'rejected', detail: 'HTTP 200: {"error":{"code":21211}}' },
    })
  })
})
