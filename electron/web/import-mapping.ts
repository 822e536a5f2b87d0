import type { InputIssue } from '#shared/contract/errors.ts'
import { type ColumnMeaning, type ColumnTarget, columnTargets, guessColumns } from '#shared/domain/import-columns.ts'
import { type ImportOptions, isOption, optionNames, readOptions } from './import-options.ts'

/** What the query of an import asks for. The columns wait for the header of the file. */
export interface ImportWishes {
  readonly options: ImportOptions
  /** Field → title of its column. */
  readonly fields: ReadonlyMap<ColumnTarget, string>
  /** Titles of columns to leave out. */
  readonly ignored: readonly string[]
}

const spellings: Readonly<Record<string, ColumnTarget>> = {
  ...Object.fromEntries(columnTargets.map((target) => [target, target])),
  tag: 'tags',
  code: 'operatorCode',
  timezone: 'timeZone',
}

/** Reads `?phone=Mobile&name=Имя&ignore=colA,colB&onKnown=skip&dryRun=true`, or says what in it makes no sense. */
export function readWishes(query: URLSearchParams): ImportWishes | { readonly issues: readonly InputIssue[] } {
  const fields = new Map<ColumnTarget, string>()
  const ignored: string[] = []
  const issues: InputIssue[] = []
  const given: Record<string, string> = {}
  for (const [path, value] of query) {
    const field = Object.hasOwn(spellings, path) ? spellings[path] : undefined
    if (path === 'ignore') ignored.push(value)
    else if (field !== undefined ? fields.has(field) : Object.hasOwn(given, path))
      issues.push({ path, message: 'is given twice' })
    else if (field !== undefined) fields.set(field, value)
    else if (isOption(path)) given[path] = value
    else
      issues.push({
        path,
        message: `is not a known parameter; known are ${[...columnTargets, 'ignore', ...optionNames].join(', ')}`,
      })
  }
  const options = readOptions(given, issues)
  return issues.length > 0 ? { issues } : { options, fields, ignored }
}

/** Whether the query says anything about columns; if not, the header alone decides. */
export function saysColumns(wishes: ImportWishes): boolean {
  return wishes.fields.size > 0 || wishes.ignored.length > 0
}

/** The meaning of each column: as wished where the query names it, guessed from the header elsewhere. */
export function mapColumns(
  header: readonly string[],
  wishes: ImportWishes,
): { readonly columns: ColumnMeaning[] } | { readonly issues: readonly InputIssue[] } {
  const chosen = new Map<number, ColumnMeaning>()
  const issues: InputIssue[] = []
  const choose = (path: string, title: string, meaning: ColumnMeaning) => {
    const index = findColumn(header, title)
    if (index === -1) issues.push({ path, message: `the file has no column "${title}"; it has ${quoteAll(header)}` })
    else if (chosen.has(index)) issues.push({ path, message: `the column "${title}" is named twice` })
    else chosen.set(index, meaning)
  }
  for (const [field, title] of wishes.fields) choose(field, title, { kind: 'field', field })
  for (const title of wishes.ignored.flatMap((entry) => splitTitles(header, entry)))
    choose('ignore', title, { kind: 'ignored' })
  if (issues.length > 0) return { issues }

  // A field that the query gave to one column is not guessed for another, which then keeps its title as an attribute.
  const guessed = guessColumns(header.map((title, index) => (chosen.has(index) ? '' : title)))
  const columns = header.map((title, index): ColumnMeaning => {
    const meaning = chosen.get(index) ?? guessed[index] ?? { kind: 'ignored' }
    const taken = meaning.kind === 'field' && !chosen.has(index) && wishes.fields.has(meaning.field)
    return taken ? { kind: 'attribute', name: title.trim() } : meaning
  })
  return { columns }
}

function findColumn(header: readonly string[], title: string): number {
  const exact = header.findIndex((name) => name.trim() === title.trim())
  if (exact !== -1) return exact
  return header.findIndex((name) => name.trim().toLowerCase() === title.trim().toLowerCase())
}

/** Several titles in one parameter, unless the commas belong to a single title. */
function splitTitles(header: readonly string[], entry: string): string[] {
  if (findColumn(header, entry) !== -1) return [entry]
  return entry.split(',').filter((title) => title.trim() !== '')
}

function quoteAll(titles: readonly string[]): string {
  return titles.map((title) => `"${title.trim()}"`).join(', ')
}
