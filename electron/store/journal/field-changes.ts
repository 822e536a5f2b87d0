import type { ActivityEvent } from '../../base/trace-line.ts'

/** What a change did to each field. */
interface FieldChange {
  readonly field: string
  /** Null for an empty value. */
  readonly before: string | null
  readonly after: string | null
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Returns the event that the user changed something: which fields, with their values before and after, except those in
 * `secret`. Returns none when no field differs.
 */
export function editEvents(
  about: ActivityEvent,
  before: Fields,
  after: Fields,
  secret: readonly string[] = [],
): ActivityEvent[] {
  const changes = differences(before, after, secret)
  if (changes.length === 0) return []
  const edited = changes.map(({ field }) => field).join(',')
  return [{ ...about, edited, changes: JSON.stringify(changes), by: 'operator' }]
}

/** Returns the fields of something that was created (`before` is empty) or deleted (`after` is), for its event. */
export function changesIn(before: Fields, after: Fields): string {
  return JSON.stringify(differences(before, after, []))
}

function differences(before: Fields, after: Fields, secret: readonly string[]): FieldChange[] {
  const changes: FieldChange[] = []
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [textOf(before[field]), textOf(after[field])]
    if (was === is) continue
    changes.push(secret.includes(field) ? { field, before: null, after: null } : { field, before: was, after: is })
  }
  return changes
}

/** Returns a value as a person reads it: a list by its items, an object by its names and values. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ')
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).flatMap(([name, each]) => {
    const words = textOf(each)
    return words === null ? [] : [`${name}: ${words}`]
  })
  return parts.length === 0 ? null : parts.join('; ')
}
