import type { InputIssue } from '#shared/contract/errors.ts'
import { type OnKnown, onKnownChoices } from '#shared/contract/import.ts'
import { type Delimiter, type Encoding, encodings } from '#shared/domain/table-file.ts'

/** How the query of an import wants the file to be read and taken. */
export interface ImportOptions {
  onKnown: OnKnown
  dryRun: boolean
  sheet?: string
  encoding?: Encoding
  delimiter?: Delimiter
}

export const optionNames = ['onKnown', 'dryRun', 'sheet', 'encoding', 'delimiter'] as const

/** Separators by names, since a tab cannot be typed into an address. */
export const delimiterNames: Readonly<Record<string, Delimiter>> = { comma: ',', semicolon: ';', tab: '\t', bar: '|' }

/** Whether a parameter of the query is one of the options. */
export function isOption(name: string): boolean {
  return optionNames.some((option) => option === name)
}

/** Reads the options that were given; what makes no sense is added to `issues`. */
export function readOptions(given: Readonly<Record<string, string>>, issues: InputIssue[]): ImportOptions {
  function oneOf<Value>(path: string, values: Readonly<Record<string, Value>>): Value | undefined {
    const word = given[path]
    if (word === undefined) return undefined
    if (Object.hasOwn(values, word)) return values[word]
    issues.push({ path, message: `must be one of: ${Object.keys(values).join(', ')}` })
    return undefined
  }
  const options: ImportOptions = {
    onKnown: oneOf('onKnown', bySelf(onKnownChoices)) ?? 'update',
    dryRun: oneOf('dryRun', { true: true, false: false }) ?? false,
  }
  const encoding = oneOf('encoding', bySelf(encodings))
  const delimiter = oneOf('delimiter', delimiterNames)
  if (given.sheet !== undefined) options.sheet = given.sheet
  if (encoding !== undefined) options.encoding = encoding
  if (delimiter !== undefined) options.delimiter = delimiter
  return options
}

function bySelf<Word extends string>(words: readonly Word[]): Record<string, Word> {
  return Object.fromEntries(words.map((word) => [word, word]))
}
