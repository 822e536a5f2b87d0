import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { backups } from '#shared/contract/backups.ts'
import { lock } from '#shared/contract/lock.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { translateReason } from '../../renderer/api/reasons.ts'

/** What has words of its own comes back as the name of those words. */
const t = ((key: string) => key) as unknown as Parameters<typeof translateReason>[1]

const engine = join(import.meta.dirname, '../../electron')
const sources = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

/** The parentheses that `text` begins with, and all that stands in them. */
function firstParentheses(text: string): string {
  let depth = 0
  for (const [at, character] of [...text].entries()) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0) return text.slice(0, at)
  }
  return text
}

/** The sentences of a file that reach the operator as a reason, a 7 in place of each value. */
function sentencesIn(file: string): string[] {
  const text = readFileSync(join(engine, file), 'utf8')
  return [...text.matchAll(/new (?:ConflictError|SecretsUnavailableError)(?=\()/g)].flatMap(
    ({ index, 0: { length } }) => {
      const given = firstParentheses(text.slice(index + length))
      const texts = [...given.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)].map((found) => found.slice(1).join(''))
      const sentence = texts
        .find((each) => each.includes(' '))
        ?.replace(/\$\{[^}]*\}/g, '7')
        .replace(/\$\{.*$/s, '')
      // Said of a token that cannot be opened, which the console only ever sees as one that is missing.
      return sentence === undefined || sentence.endsWith(': enter it again') ? [] : [sentence]
    },
  )
}

const said = sources.flatMap((file) => sentencesIn(file).map((sentence) => [sentence, file] as const))

describe('the console has words for', () => {
  test('the rooms that are looked through', () => {
    const rooms = new Set(said.map(([, file]) => file.split(/[\\/]/)[0]))
    for (const room of ['backups', 'channel', 'deliveries', 'desktop', 'exports', 'lock', 'store'])
      expect([...rooms]).toContain(room)
  })

  test.each(said)('“%s” (%s)', (sentence) => {
    expect(translateReason(sentence, t)).toMatch(/^reasons\./)
  })

  test.each([
    ['a passphrase of no length', lock.unlock, { passphrase: '' }],
    ['an endless passphrase', lock.unlock, { passphrase: 'x'.repeat(1025) }],
    ['a short new passphrase', lock.setPassphrase, { next: 'short' }],
    ['idleness of no time', lock.setIdle, { minutes: 0 }],
    ['idleness of days', lock.setIdle, { minutes: 10_000 }],
    ['half a minute', lock.setIdle, { minutes: 0.5 }],
    ['no backups to keep', backups.updatePolicy, { keep: 0 }],
    ['backups for centuries', backups.updatePolicy, { days: 100_000 }],
    ['half a backup', backups.updatePolicy, { keep: 1.5 }],
    ['another file', backups.check, { name: 'herald.db' }],
  ])('%s', (_what, call, input) => {
    const schema = call['~orpc'].inputSchema as z.ZodType
    for (const { message } of issuesOf(schema, input)) expect(translateReason(message, t)).toMatch(/^reasons\./)
  })

  test('a feed that is not https', () => {
    for (const { message } of issuesOf(settingsSchema.shape.updateFeed, 'http://feed.example'))
      expect(translateReason(message, t)).toMatch(/^reasons\./)
  })
})

function issuesOf(schema: z.ZodType, input: unknown): z.core.$ZodIssue[] {
  const issues = schema.safeParse(input).error?.issues ?? []
  expect(issues).not.toEqual([])
  return issues
}
