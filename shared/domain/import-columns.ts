import { type ClientField, clientFieldNames, clientFields } from './client-fields.ts'

/** The client fields that a column of an imported table can have. Any other header names an attribute. */
export const columnTargets = clientFieldNames
export type ColumnTarget = ClientField

/** The meaning of a column: a client field, an attribute or none. */
export type ColumnMeaning =
  | { readonly kind: 'field'; readonly field: ColumnTarget }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'ignored' }

/** Guesses the meaning of each column from its English or Russian title. Each field is used at most once. */
export function guessColumns(header: readonly string[]): ColumnMeaning[] {
  const taken = new Set<ColumnTarget>()
  return header.map((title) => {
    const plain = title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    const field = columnTargets.find((target) => !taken.has(target) && titlesOf(target).includes(plain))
    if (field !== undefined) {
      taken.add(field)
      return { kind: 'field', field }
    }
    const name = title.trim()
    return name === '' ? { kind: 'ignored' } : { kind: 'attribute', name }
  })
}

function titlesOf(field: ColumnTarget): readonly string[] {
  return clientFields[field].importTitles
}
