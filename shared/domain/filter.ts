import * as z from 'zod'
import { failsWith } from '../errors/issue.ts'

const operatorCode = z.string().regex(/^\d{3}$/, failsWith('operator_code_format'))
export const maxTagCharacters = 100
export const tagSchema = z
  .string()
  .trim()
  .min(1, failsWith('tag_empty'))
  .max(maxTagCharacters, failsWith('tag_too_long'))

/**
 * Selects the clients of a delivery. Several values of one property mean any of them. `match` combines the properties. An empty filter
 * selects every client. `excludeTags` always excludes, regardless of `match`.
 */
export const filterSchema = z
  .strictObject({
    match: z.enum(['all', 'any']).default('all'),
    operatorCodes: z.array(operatorCode).max(1000).default([]),
    tags: z.array(tagSchema).max(1000).default([]),
    timeZones: z.array(z.string().min(1)).max(1000).default([]),
    excludeTags: z.array(tagSchema).max(1000).default([]),
  })
  .readonly()

export type Filter = z.output<typeof filterSchema>

export const everybody: Filter = { match: 'all', operatorCodes: [], tags: [], timeZones: [], excludeTags: [] }

/** The properties of a client that a filter uses. */
export interface Filterable {
  readonly operatorCode: string
  readonly tags: readonly string[]
  readonly timeZone: string
  readonly optedOutAt: string | null
}

/** Returns whether the filter has no conditions, so that it selects every client. */
export function isEmptyFilter(filter: Filter): boolean {
  return (
    filter.operatorCodes.length === 0 &&
    filter.tags.length === 0 &&
    filter.timeZones.length === 0 &&
    filter.excludeTags.length === 0
  )
}

/** Returns whether the filter selects this client. The store has the same rule in SQL; a test compares the two. */
export function selects(filter: Filter, client: Filterable): boolean {
  if (client.optedOutAt !== null) return false
  if (filter.excludeTags.some((name) => client.tags.includes(name))) return false
  const checks: boolean[] = []
  if (filter.operatorCodes.length > 0) checks.push(filter.operatorCodes.includes(client.operatorCode))
  if (filter.tags.length > 0) checks.push(filter.tags.some((name) => client.tags.includes(name)))
  if (filter.timeZones.length > 0) checks.push(filter.timeZones.includes(client.timeZone))
  if (checks.length === 0) return true
  return filter.match === 'all' ? checks.every(Boolean) : checks.some(Boolean)
}

/** A condition of a filter, and whether a client meets it. */
export interface FilterCheck {
  readonly condition: 'optedOut' | 'excludeTags' | 'operatorCodes' | 'tags' | 'timeZones'
  /** False if the condition excludes the client or, with `match: 'any'`, does not include it. */
  readonly isMet: boolean
}

/**
 * Explains whether the filter selects this client: returns each of its conditions, in order of precedence. Opted-out clients and those
 * with an excluded tag are never selected.
 */
export function explain(
  filter: Filter,
  client: Filterable,
): { readonly isSelected: boolean; readonly checks: FilterCheck[] } {
  const has = (name: string) => client.tags.includes(name)
  const checks: FilterCheck[] = [{ condition: 'optedOut', isMet: client.optedOutAt === null }]
  if (filter.excludeTags.length > 0) checks.push({ condition: 'excludeTags', isMet: !filter.excludeTags.some(has) })
  if (filter.tags.length > 0) checks.push({ condition: 'tags', isMet: filter.tags.some(has) })
  if (filter.operatorCodes.length > 0)
    checks.push({ condition: 'operatorCodes', isMet: filter.operatorCodes.includes(client.operatorCode) })
  if (filter.timeZones.length > 0)
    checks.push({ condition: 'timeZones', isMet: filter.timeZones.includes(client.timeZone) })
  return { isSelected: selects(filter, client), checks }
}
