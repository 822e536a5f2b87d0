import { expect, test } from 'vitest'
import { expiryOf } from '#electron/gateways-setup/gateway-settings.ts'

function jwt(payload: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.signature`
}

test.each([
  ['a JWT', jwt({ exp: 1_800_000_000, iss: 'fbrq' }), '2027-01-15T08:00:00.000Z'],
  ['a JWT with parts of seconds', jwt({ exp: 1_800_000_000.5 }), '2027-01-15T08:00:00.500Z'],
  ['a JWT that has run out', jwt({ exp: 0 }), '1970-01-01T00:00:00.000Z'],
  ['a JWT with letters beyond ASCII', jwt({ name: 'Имя 🎁', exp: 1_800_000_000 }), '2027-01-15T08:00:00.000Z'],
  ['a JWT that never runs out', jwt({ iss: 'fbrq' }), null],
  ['a JWT with an odd end', jwt({ exp: '1800000000' }), null],
  ['a JWT with an end beyond all calendars', jwt({ exp: 1e15 }), null],
  ['a JWT that holds a list', jwt([]), null],
  ['a JWT that holds nothing', jwt(null), null],
  ['a payload that is not JSON', `a.${Buffer.from('{"exp":').toString('base64url')}.c`, null],
  ['a word', 'token', null],
  ['dots', '..', null],
  ['nothing', '', null],
])('the end of %s', (_name, token, end) => {
  expect(expiryOf(token)).toBe(end)
})
