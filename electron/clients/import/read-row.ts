import type { RefusedLine } from '#shared/contract/clients.ts'
import {
  byName,
  type ClientTextField,
  clientTextFields,
  maxTagCharacters,
  textFieldOf,
} from '#shared/domain/client-fields.ts'
import { type CsvRow, hasContent } from '#shared/domain/csv-rows.ts'
import { phoneErrors, phoneOfCell } from '#shared/domain/phone.ts'
import type { AppError } from '#shared/errors/app-error.ts'
import { refusalOf } from '../refusal.ts'
import type { ColumnPlan } from './column-plan.ts'

/** A client as a row describes it; null and empty mean no value. */
export interface ImportRow extends Readonly<Record<ClientTextField, string | null>> {
  readonly phone: string
  readonly tags: readonly string[]
  readonly attributes: ReadonlyArray<readonly [name: string, value: string]>
}

export type RowReading =
  | { readonly kind: 'row'; readonly row: ImportRow }
  | { readonly kind: 'refused'; readonly refusal: RefusedLine }
  | { readonly kind: 'blank' }

/** Reads one row of the file, or returns why it is refused. */
export function readRow({ line, cells, broken }: CsvRow, plan: ColumnPlan): RowReading {
  if (cells.every((cell) => cell.trim() === '')) return { kind: 'blank' }
  const refused = (field: string, value: string, error: AppError): RowReading => ({
    kind: 'refused',
    refusal: refusalOf(line, field, value, error),
  })
  if (broken) return refused('', cells.join(' '), { code: 'line_broken' })
  const extra = cells.slice(plan.width)
  if (hasContent(extra)) {
    return refused('', extra.join(' '), {
      code: 'line_too_wide',
      params: { columns: cells.length, header: plan.width },
    })
  }

  const cellAt = (index: number | null): string => (index === null ? '' : (cells[index] ?? '').trim())
  const phone = phoneOfCell(cellAt(plan.phone))
  if (!phone.ok) return refused('phone', cellAt(plan.phone), { code: phoneErrors[phone.problem] })
  const texts = byName<ClientTextField, string | null>(clientTextFields, () => null)
  for (const field of clientTextFields) {
    const cell = cellAt(plan[field])
    if (cell === '') continue
    const text = textFieldOf(field).read(cell)
    if (typeof text !== 'string') return refused(field, cell, text)
    texts[field] = text
  }
  const tags = tagsOf(cellAt(plan.tags))
  const longTag = tags.find((tag) => tag.length > maxTagCharacters)
  if (longTag !== undefined)
    return refused('tags', longTag, { code: 'tag_too_long', params: { max: maxTagCharacters } })
  if (tags.length > 100) return refused('tags', cellAt(plan.tags), { code: 'list_too_long', params: { max: 100 } })
  const attributes: (readonly [string, string])[] = []
  for (const { index, name: attribute } of plan.attributes) {
    const value = cellAt(index)
    if (value.length > 10_000) return refused(attribute, value, { code: 'text_too_long', params: { max: 10_000 } })
    if (value !== '') attributes.push([attribute, value])
  }
  return {
    kind: 'row',
    row: {
      phone: phone.phone,
      ...texts,
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
