import { expect, test } from 'vitest'
import { traceLine } from '#electron/base/trace-line.ts'

const at = Date.parse('2026-11-23T10:00:00.123Z')

test('a line carries its moment, its level and its fields in their order, and what is not there is left out', () => {
  expect(
    traceLine(at, { delivery: 1, message: 5, client: null, status: 'queued', until: '2026-11-23T10:00:02.000Z' }),
  ).toBe('2026-11-23T10:00:00.123Z info delivery=1 message=5 status=queued until=2026-11-23T10:00:02.000Z\n')
})

test.each([
  ['a line end', 'busy\nmessage=6 status=sent'],
  ['a space', 'busy status=sent'],
  ['a quotation mark', 'say "no"'],
  ['an order to the terminal', '\u001b[2J \u009b2J \u007f'],
  ['nothing', ''],
])('words with %s stay one value of one line, and can be read back', (_what, words) => {
  const line = traceLine(at, { message: 5, answer: words }, 'warn')
  const [, value] = /^2026-11-23T10:00:00\.123Z warn message=5 answer=(".*")\n$/.exec(line) ?? []
  expect(JSON.parse(value ?? '')).toBe(words)
  expect(line.slice(0, -1)).not.toMatch(/\p{Cc}/u)
})
