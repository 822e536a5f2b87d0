import type { RefusedLine } from '#shared/contract/clients.ts'
import type { CsvRow } from '#shared/domain/csv-rows.ts'
import { guessColumns } from '#shared/domain/import-columns.ts'
import { normalizePhone, phoneErrors } from '#shared/domain/phone.ts'
import { refusalOf } from '../refusal.ts'

export type PhoneReading =
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'refused'; readonly refusal: RefusedLine }

/** Separates phones on one line. */
const separators = /[,;|\t\n]/

/** Which cells of a line are phones. In doubt all are, since a skipped phone would receive messages. */
type Shape =
  | { readonly kind: 'all' }
  /** Only the column that the header names. */
  | { readonly kind: 'named'; readonly column: number }
  /** The column of the first phone, and any other cell that looks like a phone. */
  | { readonly kind: 'guessed'; readonly column: number }

/** Reads a list of phones line by line. The first lines decide what kind of list it is. */
export function createPhoneReader(): (row: CsvRow) => PhoneReading[] {
  let shape: Shape | null = null

  return function read({ line, cells }) {
    const filled = cells.filter((cell) => cell.trim() !== '')
    if (filled.length === 0) return []
    if (shape === null) {
      const named = guessColumns(cells).findIndex((meaning) => meaning.kind === 'field' && meaning.field === 'phone')
      if (named !== -1) {
        shape = cells.length === 1 ? { kind: 'all' } : { kind: 'named', column: named }
        return []
      }
      const column = cells.findIndex(isPhones)
      if (column !== -1) shape = filled.every(seemsMeant) ? { kind: 'all' } : { kind: 'guessed', column }
    }
    return meant(cells, filled, shape)
      .flatMap(phonesIn)
      .map((text) => readPhone(line, text))
  }
}

function meant(cells: readonly string[], filled: readonly string[], shape: Shape | null): readonly string[] {
  if (shape === null || shape.kind === 'all') return filled
  const { kind, column } = shape
  const others = kind === 'named' ? [] : cells.filter((cell, index) => index !== column && seemsMeant(cell))
  return [cells[column] ?? '', ...others]
}

function phonesIn(cell: string): string[] {
  const parts = cell.split(separators).map((part) => part.trim())
  return parts.length === 1 ? parts : parts.filter(Boolean)
}

function isPhones(cell: string): boolean {
  return phonesIn(cell).some((text) => normalizePhone(text).ok)
}

/** Matches a phone, also with one digit too few or too many, but no name, date or other number. */
function seemsMeant(cell: string): boolean {
  return phonesIn(cell).some((text) => /^[+\d\s().‐-―-]+$/.test(text) && /^\d{9,13}$/.test(text.replace(/\D/g, '')))
}

function readPhone(line: number, text: string): PhoneReading {
  const result = normalizePhone(text)
  if (result.ok) return { kind: 'phone', phone: result.phone }
  return { kind: 'refused', refusal: refusalOf(line, 'phone', text, { code: phoneErrors[result.problem] }) }
}
