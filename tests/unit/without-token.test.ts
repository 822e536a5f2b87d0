import { expect, test } from 'vitest'
import type { Outcome } from '#electron/gateways/gateway.ts'
import { withoutToken } from '#electron/gateways/http-answer.ts'
import { http } from '#tests/support/gateway-answer.ts'

const read = (body: string, status: number): Outcome =>
  status === 200
    ? { kind: 'accepted', answer: http(200) }
    : { kind: 'unauthorized', answer: http(status), error: { code: 'unauthorized', detail: body } }

function detailOf(token: string, body: string): string {
  const outcome = withoutToken(token, (answer) => read(answer.body, answer.status))({
    status: 401,
    retryAfter: undefined,
    body,
    unreadable: null,
  })
  if (outcome.kind !== 'unauthorized') throw new Error(outcome.kind)
  return outcome.error.detail
}

test.each([
  ['as it is', 'secret+token=1', 'unknown token secret+token=1.', 'unknown token <token>.'],
  ['as an address has it', 'secret+token=1', '/?t=secret%2Btoken%3D1', '/?t=<token>'],
  ['as JSON has it', 'secret"token', '{"token":"secret\\"token"}', '{"token":"<token>"}'],
])('the token is masked in an answer that repeats it %s', (_how, token, body, told) => {
  expect(detailOf(token, body)).toBe(told)
})

test.each([
  ['no token', '', 'who are you?'],
  ['a word that is no secret', 'token', 'the token is unknown'],
])('%s hides nothing', (_what, token, body) => {
  expect(detailOf(token, body)).toBe(body)
})
