import type { ImportQuery } from '#shared/contract/import-file.ts'
import { type ColumnMeaning, guessColumns } from '#shared/domain/import-columns.ts'
import type { InputProblem } from '#shared/errors/issue.ts'
import { InvalidInputError } from '../../store/errors.ts'

type NamedColumns = Pick<ImportQuery, 'fields' | 'ignored'>

/** Whether the query names any column; if not, the header alone decides. */
export function namesColumns({ fields, ignored }: NamedColumns): boolean {
  return fields.size > 0 || ignored.length > 0
}

/**
 * Returns the field of each column of `header`: from the query if it names the column, otherwise a guess. Throws
 * `InvalidInputError` for a column that the file does not have and for one that is named twice.
 */
export function mapNamedColumns(header: readonly string[], { fields, ignored }: NamedColumns): ColumnMeaning[] {
  const chosen = new Map<number, ColumnMeaning>()
  const titles = header.map((title) => title.trim())
  const problems: InputProblem[] = []
  const choose = (path: string, title: string, meaning: ColumnMeaning) => {
    const index = findColumn(header, title)
    if (index === -1) problems.push({ path, code: 'column_unknown', params: { title, titles } })
    else if (chosen.has(index)) problems.push({ path, code: 'column_twice', params: { title } })
    else chosen.set(index, meaning)
  }
  for (const [field, title] of fields) choose(field, title, { kind: 'field', field })
  for (const title of ignored.flatMap((entry) => splitTitles(header, entry)))
    choose('ignore', title, { kind: 'ignored' })
  if (problems.length > 0) throw new InvalidInputError(problems)

  // A field that the query assigns is not guessed for another column, which becomes an attribute.
  const guessed = guessColumns(header.map((title, index) => (chosen.has(index) ? '' : title)))
  return header.map((title, index): ColumnMeaning => {
    const meaning = chosen.get(index) ?? guessed[index] ?? { kind: 'ignored' }
    const isNamedElsewhere = meaning.kind === 'field' && !chosen.has(index) && fields.has(meaning.field)
    return isNamedElsewhere ? { kind: 'attribute', name: title.trim() } : meaning
  })
}

function findColumn(header: readonly string[], title: string): number {
  const exact = header.findIndex((name) => name.trim() === title.trim())
  if (exact !== -1) return exact
  return header.findIndex((name) => name.trim().toLowerCase() === title.trim().toLowerCase())
}

/** The titles in one parameter, which commas separate unless they belong to a single title. */
function splitTitles(header: readonly string[], entry: string): string[] {
  if (findColumn(header, entry) !== -1) return [entry]
  return entry.split(',').filter((title) => title.trim() !== '')
}
