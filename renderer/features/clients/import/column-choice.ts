import { type ColumnMeaning, type ColumnTarget, columnTargets } from '#shared/domain/import-columns.ts'

/** One option of a column's select. */
export type ColumnChoice = ColumnTarget | 'attribute' | 'ignored'

export const columnChoices: readonly ColumnChoice[] = [...columnTargets, 'attribute', 'ignored']

/** The option for a meaning. */
export function choiceOf(meaning: ColumnMeaning): ColumnChoice {
  return meaning.kind === 'field' ? meaning.field : meaning.kind
}

/** Changes the meaning of one column. A field belongs to one column only: the one that had it becomes an attribute. */
export function withChoice(
  columns: readonly ColumnMeaning[],
  header: readonly string[],
  index: number,
  choice: ColumnChoice,
): ColumnMeaning[] {
  return columns.map((meaning, other) => {
    if (other === index) return meaningOf(choice, header[index] ?? '')
    return meaning.kind === 'field' && meaning.field === choice ? meaningOf('attribute', header[other] ?? '') : meaning
  })
}

/** Whether one of the columns is this field. */
export function hasField(columns: readonly ColumnMeaning[], field: ColumnTarget): boolean {
  return columns.some((meaning) => meaning.kind === 'field' && meaning.field === field)
}

function meaningOf(choice: ColumnChoice, title: string): ColumnMeaning {
  const name = title.trim()
  if (choice === 'ignored' || (choice === 'attribute' && name === '')) return { kind: 'ignored' }
  return choice === 'attribute' ? { kind: 'attribute', name } : { kind: 'field', field: choice }
}
