import * as z from 'zod'
import { byName, type FieldFilterName, type FilteredField, fieldFilters, tagSchema } from './client-fields.ts'

const fieldFilterSchemas = Object.fromEntries(
  fieldFilters.map(({ name, value }) => [name, z.array(value).max(1000).default([])]),
) as { [Name in FieldFilterName]: z.ZodDefault<z.ZodArray<z.ZodType<string, string>>> }

/**
 * Selects the clients of a delivery. Several values of one property mean any of them. `match` combines the properties. An empty filter
 * selects every client. `excludeTags` always excludes, regardless of `match`.
 */
export const filterSchema = z
  .strictObject({
    match: z.enum(['all', 'any']).default('all'),
    ...fieldFilterSchemas,
    tags: z.array(tagSchema).max(1000).default([]),
    excludeTags: z.array(tagSchema).max(1000).default([]),
  })
  .readonly()

export type Filter = z.output<typeof filterSchema>

export const everybody: Filter = {
  match: 'all',
  ...byName(
    fieldFilters.map(({ name }) => name),
    (): string[] => [],
  ),
  tags: [],
  excludeTags: [],
}

/** The properties of a client that a filter uses. */
export interface Filterable extends Readonly<Record<FilteredField, string>> {
  readonly tags: readonly string[]
  readonly optedOutAt: string | null
}

/** Returns whether the filter has no conditions, so that it selects every client. */
export function isEmptyFilter(filter: Filter): boolean {
  return (
    fieldFilters.every(({ name }) => filter[name].length === 0) &&
    filter.tags.length === 0 &&
    filter.excludeTags.length === 0
  )
}

/** Returns whether the filter selects this client. The store has the same rule in SQL; a test compares the two. */
export function selects(filter: Filter, client: Filterable): boolean {
  if (client.optedOutAt !== null) return false
  if (filter.excludeTags.some((name) => client.tags.includes(name))) return false
  const checks = fieldChecks(filter, client).map(({ isMet }) => isMet)
  if (filter.tags.length > 0) checks.push(filter.tags.some((name) => client.tags.includes(name)))
  if (checks.length === 0) return true
  return filter.match === 'all' ? checks.every(Boolean) : checks.some(Boolean)
}

/** A condition of a filter, and whether a client meets it. */
export interface FilterCheck {
  readonly condition: 'optedOut' | 'excludeTags' | 'tags' | FieldFilterName
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
  checks.push(...fieldChecks(filter, client))
  return { isSelected: selects(filter, client), checks }
}

function fieldChecks(filter: Filter, client: Filterable): FilterCheck[] {
  return fieldFilters
    .filter(({ name }) => filter[name].length > 0)
    .map(({ field, name }) => ({ condition: name, isMet: filter[name].includes(client[field]) }))
}
