import type english from './words/en.json'

/** The words of one file, by their whole keys: `menu.quit`. */
type Texts = ReadonlyMap<string, string>

interface Tree {
  readonly [key: string]: string | Tree
}

type Meaning<Key extends string> = Key extends `${infer Counted}_${'one' | 'other'}` ? Counted : Key
type Paths<Part> = {
  [Key in keyof Part & string]: Part[Key] extends string ? Meaning<Key> : `${Key}.${Paths<Part[Key]>}`
}[keyof Part & string]

/** What the main process can say. A text that is counted is asked for without its plural form. */
export type WordKey = Paths<typeof english>

/** Says a text; `count` chooses its plural form and is written as the language writes numbers. */
type Say = (key: WordKey, values?: { readonly count?: number; readonly [name: string]: string | number }) => string

export interface Words {
  readonly language: string
  readonly say: Say
  /** A share from 0 to 1 as this language writes it. */
  percent(share: number): string
}

const files = import.meta.glob<Tree>('./words/*.json', { import: 'default', eager: true })

/** The languages of the main process by their tags: one file in `words/` each, and nothing else to be told. */
export const wordLanguages: readonly string[] = Object.keys(files).map(tagOf)

const texts = new Map<string, Texts>(Object.entries(files).map(([path, tree]) => [tagOf(path), new Map(flat(tree))]))

/**
 * What the operator chose where there are words for it; for `system` the first of the system's own languages that there are words for.
 * English where none is.
 */
export function chooseWords(choice: string, systemLanguages: readonly string[]): string {
  const wanted = choice === 'system' ? systemLanguages : [choice]
  const tags = wanted.flatMap((tag) => [tag, tag.split('-')[0]?.toLowerCase() ?? tag])
  return tags.find((tag) => texts.has(tag)) ?? 'en'
}

/** The words of a language; English stands in for one that there are no words for. */
export function wordsOf(language: string): Words {
  const known = texts.get(language) ?? texts.get('en') ?? new Map()
  const plural = new Intl.PluralRules(language)
  const number = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  return {
    language,
    say(key, values = {}) {
      const counted = values.count === undefined ? key : `${key}_${plural.select(values.count)}`
      const text = known.get(counted) ?? known.get(key) ?? key
      return text.replace(/\{\{(\w+)\}\}/g, (_whole: string, name: string) => {
        const value = values[name]
        return typeof value === 'number' ? number.format(value) : (value ?? '')
      })
    },
    // Rounded down: a hundred per cent are said of nothing that still goes on.
    percent: (share) => percent.format(Math.floor(share * 100) / 100),
  }
}

function tagOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.json$/, '')
}

function flat(part: Tree, path = ''): [string, string][] {
  return Object.entries(part).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  )
}
