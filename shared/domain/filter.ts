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
 * Whom a delivery is for. Several values of one property mean any of them; `match` joins the properties.
 * Nothing chosen means everybody. `excludeTags` always takes away, whatever `match` says.
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

/** What a filter looks at. */
export interface Filterable {
  readonly operatorCode: string
  readonly tags: readonly string[]
  readonly timeZone: string
  readonly optedOutAt: string | null
}

/** True when the filter chooses nobody in particular, so that it means everybody. */
export function isEmptyFilter(filter: Filter): boolean {
  return (
    filter.operatorCodes.length === 0 &&
    filter.tags.length === 0 &&
    filter.timeZones.length === 0 &&
    filter.excludeTags.length === 0
  )
}

/** Whether the filter selects this client. The store says the same in SQL; a test holds the two together. */
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

/** What a filter asks of a client, and whether they meet it. */
export interface FilterCheck {
  readonly condition: 'optedOut' | 'excludeTags' | 'operatorCodes' | 'tags' | 'timeZones'
  /** False: this keeps them out, or, where any condition is enough, does not bring them in. */
  readonly isMet: boolean
}

/**
 * Why the filter selects this client or does not: every condition that it has, in the order in which it decides. Nobody who
 * has opted out, and nobody with an excluded tag, is selected by anything else.
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
