/** What a change did to each field. */
export interface FieldChange {
  readonly field: string
  /** Null: there was nothing. */
  readonly before: string | null
  readonly after: string | null
}

type Fields = Readonly<Record<string, unknown>>

/**
 * The fields in which two states of one thing differ, as facts of its story: `edited` names them, `changes` holds what they
 * were and are, but for those in `secret`. Empty when there is no difference.
 */
export function fieldChanges(
  before: Fields,
  after: Fields,
  secret: readonly string[] = [],
): { edited?: string; changes?: string } {
  const changes: FieldChange[] = []
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [inWords(before[field]), inWords(after[field])]
    if (was === is) continue
    changes.push(secret.includes(field) ? { field, before: null, after: null } : { field, before: was, after: is })
  }
  if (changes.length === 0) return {}
  return { edited: changes.map(({ field }) => field).join(','), changes: JSON.stringify(changes) }
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
