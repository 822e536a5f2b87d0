import { byName, clientTextFields } from '#shared/domain/client-fields.ts'
import { type ColumnMeaning, type ColumnTarget, guessColumns } from '#shared/domain/import-columns.ts'
import type { AppError } from '#shared/errors/app-error.ts'
import { InvalidInputError } from '../../store/errors.ts'

/** The column of each field; null if no column has it. */
export type ColumnPlan = { readonly [field in Exclude<ColumnTarget, 'phone'>]: number | null } & {
  readonly phone: number
  readonly attributes: ReadonlyArray<{ readonly index: number; readonly name: string }>
  readonly width: number
}

/**
 * Returns where each field is: as the user chose, or else as guessed from the header. Throws `InvalidInputError`
 * on `columns` if the choice is impossible.
 */
export function planColumns(header: readonly string[], given?: readonly ColumnMeaning[]): ColumnPlan {
  const meanings = given ?? guessColumns(header)
  if (meanings.length !== header.length) {
    refuse({ code: 'columns_mismatch', params: { columns: header.length, described: meanings.length } })
  }
  const indexOf = (field: ColumnTarget): number | null => {
    const indexes = meanings.flatMap((meaning, index) =>
      meaning.kind === 'field' && meaning.field === field ? [index] : [],
    )
    if (indexes.length > 1) refuse({ code: 'column_target_twice', params: { target: field } })
    return indexes[0] ?? null
  }
  const phone = indexOf('phone')
  if (phone === null) {
    return refuse({ code: 'column_phone_missing', params: { titles: header.map((title) => title.trim()) } })
  }
  return {
    phone,
    tags: indexOf('tags'),
    ...byName(clientTextFields, indexOf),
    attributes: meanings.flatMap((meaning, index) =>
      meaning.kind === 'attribute' ? [{ index, name: attributeName(meaning.name) }] : [],
    ),
    width: header.length,
  }
}

function attributeName(title: string): string {
  const name = title.trim()
  if (name.length > 100) refuse({ code: 'column_title_too_long', params: { title: name.slice(0, 40), max: 100 } })
  return name
}

function refuse(error: AppError): never {
  throw new InvalidInputError([{ path: 'columns', ...error }])
}
