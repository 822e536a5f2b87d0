import { expect, test } from 'vitest'
import { mask } from '#electron/base/mask.ts'

test.each([
  ['a phone', 'client=5 79001234567 asked', 'client=5 7900*****67 asked'],
  ['a phone in an address', '/clients/?search=79001234567', '/clients/?search=7900*****67'],
  ['a JWT', 'token eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2ln refused', 'token <token> refused'],
  ['a bearer header', 'authorization: Bearer s3cret', 'authorization: Bearer <token>'],
  [
    'ids and instants, which stay',
    'delivery=12 message=79 at=1763900000000',
    'delivery=12 message=79 at=1763900000000',
  ],
])('%s in a log line', (_, line, written) => {
  expect(mask(line)).toBe(written)
})
