import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../renderer/locales')
/** A language is a folder. Every folder is checked against the English one. */
const languages = readdirSync(folder)
const translations = languages.filter((language) => language !== 'en')

const files = readdirSync(join(folder, 'en'))

type Words = { readonly [key: string]: string | Words }

/** Every text of a file by its whole key. */
function textsOf(language: string, file: string): Map<string, string> {
  const words: Words = JSON.parse(readFileSync(join(folder, language, file), 'utf8'))
  const flat = (part: Words, path: string): [string, string][] =>
    Object.entries(part).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
    )
  return new Map(flat(words, ''))
}

const pluralForm = /_(?:zero|one|two|few|many|other)$/

/** A text in all its plural forms: its key, and its params. */
function meaningsOf(language: string, file: string): Map<string, Set<string>> {
  const meanings = new Map<string, Set<string>>()
  for (const [key, text] of textsOf(language, file)) {
    const meaning = key.replace(pluralForm, '')
    const variables = meanings.get(meaning) ?? new Set()
    for (const [, variable = ''] of text.matchAll(/\{\{(\w+)/g)) variables.add(variable)
    meanings.set(meaning, variables)
  }
  return meanings
}

describe.each(files)('the texts of %s', (file) => {
  test.each(translations)('exist with the same params in every language: %s', (language) => {
    expect(meaningsOf(language, file)).toEqual(meaningsOf('en', file))
  })

  test.each(languages)('have every plural form that the language counts with: %s', (language) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    const texts = textsOf(language, file)
    const counted = new Set(
      [...texts.keys()].filter((key) => pluralForm.test(key)).map((key) => key.replace(pluralForm, '')),
    )
    const missing = [...counted].flatMap((key) =>
      pluralCategories.map((category) => `${key}_${category}`).filter((form) => !texts.has(form)),
    )
    expect(missing).toEqual([])
  })

  test.each(languages)('are never empty: %s', (language) => {
    expect([...textsOf(language, file)].filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

test.each(translations)('the files are the same in every language: %s', (language) => {
  expect(readdirSync(join(folder, language)).sort()).toEqual([...files].sort())
})

test('a language is known by its folder, and by the name that it gives itself', async () => {
  const console = await import('../../renderer/i18n.ts')
  expect([...console.languages].sort()).toEqual([...languages].sort())
  expect(console.languages.map(console.languageName)).toEqual(expect.arrayContaining(['English', 'Русский']))
  expect(console.languageName('pt-BR')).toBe('Português (Brasil)')
})
