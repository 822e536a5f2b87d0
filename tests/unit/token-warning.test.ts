import { expect, test } from 'vitest'
import { tokenWarning } from '#shared/domain/token-warning.ts'

test.each([
  ['says no end', null, 'none'],
  ['ends in a month', '2026-12-23T10:00:00.000Z', 'none'],
  ['ends in a little more than a day', '2026-11-24T10:00:00.001Z', 'none'],
  ['ends in a day', '2026-11-24T10:00:00.000Z', 'expires-soon'],
  ['ends in a moment', '2026-11-23T10:00:00.001Z', 'expires-soon'],
  ['ends now', '2026-11-23T10:00:00.000Z', 'expired'],
  ['ended long ago', '1970-01-01T00:00:00.000Z', 'expired'],
] as const)('of a token that %s', (_which, expiresAt, warning) => {
  expect(tokenWarning(expiresAt, Date.parse('2026-11-23T10:00:00.000Z'))).toBe(warning)
})
