import type { RefusedLine } from '#shared/contract/clients.ts'
import { type CsvRow, hasContent } from '#shared/domain/csv-rows.ts'
import { describePhoneProblem, phoneOfCell } from '#shared/domain/phone.ts'
import { isTimeZone } from '#shared/domain/time-zone.ts'
import type { ColumnPlan } from './column-plan.ts'

/** What a line says of a client; null and empty mean that it says nothing. */
export interface ImportRow {
  readonly phone: string
  readonly name: string | null
  readonly timeZone: string | null
  readonly operatorCode: string | null
  readonly tags: readonly string[]
  readonly attributes: ReadonlyArray<readonly [name: string, value: string]>
}

export type RowReading =
  | { readonly kind: 'row'; readonly row: ImportRow }
  | { readonly kind: 'refused'; readonly refusal: RefusedLine }
  | { readonly kind: 'blank' }

/** Reads one line of the file as its columns are meant, or says why it cannot be taken. */
export function readRow({ line, cells, broken }: CsvRow, plan: ColumnPlan): RowReading {
  if (cells.every((cell) => cell.trim() === '')) return { kind: 'blank' }
  const refused = (field: string, value: string, reason: string): RowReading => ({
    kind: 'refused',
    refusal: { line, field, value: value.length > 200 ? `${value.slice(0, 199)}…` : value, reason },
  })
  if (broken)
    return refused(
      '',
      cells.join(' '),
      'the quotation marks of this line do not pair, or it is far too long: mend the line',
    )
  const extra = cells.slice(plan.width)
  if (hasContent(extra)) {
    return refused(
      '',
      extra.join(' '),
      `the line has ${cells.length} columns, the header only ${plan.width}: put cells that hold the separator in quotation marks`,
    )
  }

  const cellAt = (index: number | null): string => (index === null ? '' : (cells[index] ?? '').trim())
  const phone = phoneOfCell(cellAt(plan.phone))
  if (!phone.ok) return refused('phone', cellAt(plan.phone), describePhoneProblem(phone.problem))
  const name = cellAt(plan.name)
  if (name.length > 200) return refused('name', name, 'the name has more than 200 characters')
  const timeZone = cellAt(plan.timeZone)
  if (timeZone !== '' && !isTimeZone(timeZone))
    return refused('timeZone', timeZone, 'must be an IANA time zone, such as Europe/Moscow')
  const operatorCode = cellAt(plan.operatorCode)
  if (operatorCode !== '' && !/^\d{3}$/.test(operatorCode))
    return refused('operatorCode', operatorCode, 'must have three digits')
  const tags = tagsOf(cellAt(plan.tags))
  const longTag = tags.find((tag) => tag.length > 100)
  if (longTag !== undefined) return refused('tags', longTag, 'a tag has at most 100 characters')
  if (tags.length > 100) return refused('tags', cellAt(plan.tags), 'a client has at most 100 tags')
  const attributes: (readonly [string, string])[] = []
  for (const { index, name: attribute } of plan.attributes) {
    const value = cellAt(index)
    if (value.length > 10_000) return refused(attribute, value, 'the value has more than 10000 characters')
    if (value !== '') attributes.push([attribute, value])
  }
  return {
    kind: 'row',
    row: {
      phone: phone.phone,
      name: name === '' ? null : name,
      timeZone: timeZone === '' ? null : timeZone,
      operatorCode: operatorCode === '' ? null : operatorCode,
      tags,
      attributes,
    },
  }
}

function tagsOf(cell: string): string[] {
  if (cell === '') return []
  const names = cell.split(/[;|]/).map((name) => name.trim())
  return [...new Set(names.filter(Boolean))]
}
