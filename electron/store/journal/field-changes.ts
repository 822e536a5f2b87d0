import type { ActivityEvent } from '../../base/trace-line.ts'
import type { Writing } from '../store.ts'

/** What a change did to each field. */
interface FieldChange {
  readonly field: string
  /** Null: there was nothing. */
  readonly before: string | null
  readonly after: string | null
}

type Fields = Readonly<Record<string, unknown>>

/** Notes that the operator changed a thing: which fields, and what they were and are, but for those in `secret`. No difference, no note. */
export function noteEdit(
  { note }: Pick<Writing, 'note'>,
  about: ActivityEvent,
  before: Fields,
  after: Fields,
  secret: readonly string[] = [],
): void {
  const changes = differences(before, after, secret)
  if (changes.length === 0) return
  const edited = changes.map(({ field }) => field).join(',')
  note({ ...about, edited, changes: JSON.stringify(changes), by: 'operator' })
}

/** All fields of a thing that came into being (`before` is empty) or went (`after` is), for the note that says so. */
export function changesIn(before: Fields, after: Fields): string {
  return JSON.stringify(differences(before, after, []))
}

function differences(before: Fields, after: Fields, secret: readonly string[]): FieldChange[] {
  const changes: FieldChange[] = []
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [inWords(before[field]), inWords(after[field])]
    if (was === is) continue
    changes.push(secret.includes(field) ? { field, before: null, after: null } : { field, before: was, after: is })
  }
  return changes
}

/** A value as a person reads it: a list by its items, an object by its names and values. */
function inWords(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ')
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).flatMap(([name, each]) => {
    const words = inWords(each)
    return words === null ? [] : [`${name}: ${words}`]
  })
  return parts.length === 0 ? null : parts.join('; ')
}
