import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseLanguage, translationLanguages, translationsFor } from '#electron/desktop/translations.ts'

const folder = join(import.meta.dirname, '../../electron/desktop/translations')
/** A language is a file. Every file is checked against the English one. */
const languages = readdirSync(folder).map((file) => file.replace('.json', ''))

type Tree = { readonly [key: string]: string | Tree }

function textsOf(language: string): Map<string, string> {
  const flat = (part: Tree, path: string): [string, string][] =>
    Object.entries(part).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
    )
  return new Map(flat(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')), ''))
}

const pluralForm = /_(?:zero|one|two|few|many|other)$/

/** Returns the variables of each text, over all its plural forms. */
function meaningsOf(language: string): Map<string, Set<string>> {
  const meanings = new Map<string, Set<string>>()
  for (const [key, text] of textsOf(language)) {
    const variables = meanings.get(key.replace(pluralForm, '')) ?? new Set()
    for (const [, variable = ''] of text.matchAll(/\{\{(\w+)/g)) variables.add(variable)
    meanings.set(key.replace(pluralForm, ''), variables)
  }
  return meanings
}

describe.each(languages)('the main process’s texts in %s', (language) => {
  it('have the same keys and variables as the English ones', () => {
    expect(meaningsOf(language)).toEqual(meaningsOf('en'))
  })

  it('have every plural form of the language, and none is empty', () => {
    const texts = textsOf(language)
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    const counted = [...texts.keys()].filter((key) => pluralForm.test(key)).map((key) => key.replace(pluralForm, ''))
    const wanted = counted.flatMap((key) => pluralCategories.map((category) => `${key}_${category}`))

    expect(wanted.filter((key) => !texts.has(key))).toEqual([])
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

it('each language of the main process is a file, and the console has it too', () => {
  expect([...translationLanguages].sort()).toEqual(languages)
  expect(readdirSync(join(import.meta.dirname, '../../renderer/locales')).sort()).toEqual(languages)
})

it.each([
  ['ru', ['en-US'], 'ru'],
  ['system', ['de-DE', 'ru-RU', 'en-US'], 'ru'],
  ['system', ['de-DE'], 'en'],
  ['pt-BR', ['ru-RU'], 'en'],
] as const)('the setting “%s” on a system with %j chooses %s', (choice, system, language) => {
  expect(chooseLanguage(choice, system)).toBe(language)
})

it.each([
  [1, 'Идёт 1 рассылка: 5%'],
  [3, 'Идут 3 рассылки: 5%'],
  [5, 'Идут 5 рассылок: 5%'],
  [21, 'Идёт 21 рассылка: 5%'],
])('%i deliveries have the right Russian plural', (count, text) => {
  expect(translationsFor('ru').text('tray.running', { count, percent: '5%' })).toBe(text)
})

it('100 % is shown only when everything is done', () => {
  expect([0.9999, 1].map(translationsFor('en').percent)).toEqual(['99%', '100%'])
})
