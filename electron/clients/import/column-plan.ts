import { type ColumnMeaning, type ColumnTarget, guessColumns } from '#shared/domain/import-columns.ts'
import { InvalidInputError } from '../../store/errors.ts'

/** Where in a row each thing stands; null: nowhere. */
export type ColumnPlan = { readonly [field in Exclude<ColumnTarget, 'phone'>]: number | null } & {
  readonly phone: number
  readonly attributes: ReadonlyArray<{ readonly index: number; readonly name: string }>
  readonly width: number
}

/**
 * What to read from which column: as the operator said, or else as the header lets guess. Throws `InvalidInputError` on
 * `columns` when that cannot be.
 */
export function planColumns(header: readonly string[], given?: readonly ColumnMeaning[]): ColumnPlan {
  const meanings = given ?? guessColumns(header)
  if (meanings.length !== header.length) {
    refuse(`the file has ${header.length} columns, but ${meanings.length} were described: describe each of them`)
  }
  const indexOf = (field: ColumnTarget): number | null => {
    const indexes = meanings.flatMap((meaning, index) =>
      meaning.kind === 'field' && meaning.field === field ? [index] : [],
    )
    if (indexes.length > 1) refuse(`more than one column is said to hold "${field}": choose one of them`)
    return indexes[0] ?? null
  }
  const phone = indexOf('phone')
  if (phone === null) {
    const titles = header.map((title) => `"${title.trim()}"`).join(', ')
    return refuse(
      `no column holds the phone: say which one does, or call it "phone" in the first line (its columns are ${titles})`,
    )
  }
  return {
    phone,
    name: indexOf('name'),
    tags: indexOf('tags'),
    operatorCode: indexOf('operatorCode'),
    timeZone: indexOf('timeZone'),
    attributes: meanings.flatMap((meaning, index) =>
      meaning.kind === 'attribute' ? [{ index, name: attributeName(meaning.name) }] : [],
    ),
    width: header.length,
  }
}

function attributeName(title: string): string {
  const name = title.trim()
  if (name.length > 100)
    refuse(`the title "${name.slice(0, 40)}…" is longer than 100 characters: shorten it, or leave the column out`)
  return name
}

function refuse(message: string): never {
  throw new InvalidInputError([{ path: 'columns', message }])
}
