import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@swc/core'
import { expect, test } from 'vitest'

const project = join(import.meta.dirname, '../..')

/** Attributes whose value a user reads or hears. */
const readable =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|alt|description|error|label|placeholder|title)$/
const letters = /\p{L}{2}/u

interface SyntaxNode {
  readonly type: string
  readonly [field: string]: unknown
}

const isSyntaxNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Returns the texts in a file of the console that should be in the locales. */
function inlineWords(code: string): string[] {
  const words: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (typeof value !== 'object' || value === null) return
    if (isSyntaxNode(value)) {
      if (value.type === 'JSXText' && letters.test(String(value.value))) words.push(String(value.value).trim())
      if (value.type === 'JSXAttribute') words.push(...inAttribute(value))
    }
    for (const part of Object.values(value)) visit(part)
  }
  visit(parseSync(code, { syntax: 'typescript', tsx: true }).body)
  return words
}

function inAttribute({ name, value }: SyntaxNode): string[] {
  const named = isSyntaxNode(name) ? String(name.value) : ''
  const text = isSyntaxNode(value) && value.type === 'StringLiteral' ? String(value.value) : ''
  // An address is the same in every language.
  const isSpoken = letters.test(text) && !text.startsWith('https://')
  return readable.test(named) && isSpoken ? [`${named}="${text}"`] : []
}

const files = globSync('renderer/**/*.tsx', { cwd: project })

test('the code of the console contains no texts for users', () => {
  expect(files.length).toBeGreaterThan(50)
  const found = files.flatMap((file) =>
    inlineWords(readFileSync(join(project, file), 'utf8')).map((words) => `${file}: ${words}`),
  )
  expect(found).toEqual([])
})

test('texts in the code are found, between tags and in attributes', () => {
  expect(inlineWords('const a = <p title="Close it" className="small">Hello <b>{t("x")}</b> · 5</p>')).toEqual([
    'title="Close it"',
    'Hello',
  ])
})
