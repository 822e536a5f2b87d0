import { expect, test } from 'vitest'
import { mask } from '#electron/base/mask.ts'

test.each([
  ['79001234567', '7900*****67'],
  ['"phone":79001234567}', '"phone":7900*****67}'],
  ['phone_79001234567x', 'phone_7900*****67x'],
  ['+7 (900) 123-45-67', '+7 (900*****67'],
  ['8 900 123 45 67', '8 900*****67'],
  ['9001234567', '900*****67'],
  ['/do-not-contact/%2B7%20%28900%29%20123-45-67/', '/do-not-contact/%2B7%20%28900*****67/'],
  ['7 900 123–45–67', '7 900*****67'],
])('of the phone in %j only its ends are left', (text, masked) => {
  expect(mask(text)).toBe(masked)
})

test.each([
  ['{"token":"eyJhbGciOi.eyJleHAi.c2ln"}', '{"token":"<token>"}'],
  ['Authorization: Bearer abc-123', 'Authorization: Bearer <token>'],
  ['"{\\"authorization\\":\\"bearer abc\\"}"', '"{\\"authorization\\":\\"Bearer <token>\\"}"'],
])('of the token in %j nothing is left', (text, masked) => {
  expect(mask(text)).toBe(masked)
})

test.each([
  '2026-11-23T10:00:00.123Z info delivery=1 message=1000000 client=79001 attempt=10 http=503 ms=12 status=sent',
  'error=78123456-7890-4123-8123-456789012345',
  'in 1795428000123 ms',
  'messages=79001234 firstMessage=7900123456',
])('%j is no phone', (text) => {
  expect(mask(text)).toBe(text)
})
