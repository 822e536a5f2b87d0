import type english from './translations/en.json'

/** The texts of one file by their full keys: `menu.quit`. */
type Texts = ReadonlyMap<string, string>

interface Tree {
  readonly [key: string]: string | Tree
}

type WithoutPlural<Key extends string> = Key extends `${infer Counted}_${'one' | 'other'}` ? Counted : Key
type Paths<Branch> = {
  [Key in keyof Branch & string]: Branch[Key] extends string ? WithoutPlural<Key> : `${Key}.${Paths<Branch[Key]>}`
}[keyof Branch & string]

/** The keys of all texts. A text with plural forms is requested without the form. */
export type TextKey = Paths<typeof english>

type TextValues = { readonly count?: number; readonly [name: string]: string | number }

/** The main process's texts in one language. */
export interface Translations {
  readonly language: string
  /** Returns a text with its values; `count` chooses the plural form. Numbers are formatted for the language. */
  readonly text: (key: TextKey, values?: TextValues) => string
  /** Formats a share from 0 to 1. */
  percent(share: number): string
}

const files = import.meta.glob<Tree>('./translations/*.json', { import: 'default', eager: true })

/** The tags of the main process's languages. A new file in `translations/` adds one. */
export const translationLanguages: readonly string[] = Object.keys(files).map(tagOf)

const textsByLanguage = new Map<string, Texts>(
  Object.entries(files).map(([path, tree]) => [tagOf(path), new Map(flat(tree))]),
)

/**
 * Returns the tag of the language to use: the chosen one, or for `system` the first of the system's languages that is
 * translated. English if none is.
 */
export function chooseLanguage(choice: string, systemLanguages: readonly string[]): string {
  const wanted = choice === 'system' ? systemLanguages : [choice]
  const tags = wanted.flatMap((tag) => [tag, tag.split('-')[0]?.toLowerCase() ?? tag])
  return tags.find((tag) => textsByLanguage.has(tag)) ?? 'en'
}

/** Returns the texts of a language; English for a language without a file. */
export function translationsFor(language: string): Translations {
  const texts = textsByLanguage.get(language) ?? textsByLanguage.get('en') ?? new Map()
  const plural = new Intl.PluralRules(language)
  const number = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  return {
    language,
    text(key, values = {}) {
      const counted = values.count === undefined ? key : `${key}_${plural.select(values.count)}`
      const text = texts.get(counted) ?? texts.get(key) ?? key
      return text.replace(/\{\{(\w+)\}\}/g, (_whole: string, name: string) => {
        const value = values[name]
        return typeof value === 'number' ? number.format(value) : (value ?? '')
      })
    },
    // Rounded down: 100 % means that nothing is left.
    percent: (share) => percent.format(Math.floor(share * 100) / 100),
  }
}

function tagOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.json$/, '')
}

function flat(branch: Tree, path = ''): [string, string][] {
  return Object.entries(branch).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  )
}
