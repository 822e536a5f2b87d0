import { operatorCodeOf } from '#shared/domain/phone.ts'
import type { ImportedClient, KnownClient } from '../../store/client-import.ts'
import type { ImportRow } from './read-row.ts'

/** A client as the directory is to have it: `id` is null as long as it does not. */
export interface Draft extends ImportedClient {
  readonly id: number | null
  readonly tags: readonly string[]
  readonly addedTags: readonly string[]
}

export interface MergeRules {
  readonly onKnown: 'update' | 'skip'
  /** What a new client gets when the line names no time zone. */
  readonly timeZone: string
}

/** What is to be written, and what became of the lines. */
export interface Merged {
  readonly created: readonly Draft[]
  readonly changed: ReadonlyArray<Draft & { readonly id: number }>
  readonly counts: { readonly created: number; readonly updated: number; readonly skipped: number }
}

/**
 * Lays lines over what the directory knows, one after the other, so that a phone that comes again is a known one. Pure.
 * What a line leaves blank stays as it is, and its tags are added to those that are there.
 */
export function mergeRows(rows: readonly ImportRow[], known: readonly KnownClient[], rules: MergeRules): Merged {
  const drafts = new Map<string, Draft>(known.map((client) => [client.phone, { ...client, addedTags: [] }]))
  const touched = new Set<string>()
  const counts = { created: 0, updated: 0, skipped: 0 }
  for (const row of rows) {
    const before = drafts.get(row.phone)
    const after = before === undefined ? newDraft(row, rules) : rules.onKnown === 'skip' ? before : overlay(before, row)
    if (before === after) {
      counts.skipped += 1
      continue
    }
    counts[before === undefined ? 'created' : 'updated'] += 1
    drafts.set(row.phone, after)
    touched.add(row.phone)
  }
  const created: Draft[] = []
  const changed: (Draft & { id: number })[] = []
  for (const phone of touched) {
    const draft = drafts.get(phone)
    if (draft === undefined) continue
    if (hasId(draft)) changed.push(draft)
    else created.push(draft)
  }
  return { created, changed, counts }
}

function hasId(draft: Draft): draft is Draft & { readonly id: number } {
  return draft.id !== null
}

function newDraft(row: ImportRow, { timeZone }: MergeRules): Draft {
  return {
    id: null,
    phone: row.phone,
    operatorCode: row.operatorCode ?? operatorCodeOf(row.phone),
    timeZone: row.timeZone ?? timeZone,
    name: row.name ?? '',
    attributes: Object.fromEntries(row.attributes),
    tags: row.tags,
    addedTags: row.tags,
  }
}

/** The same draft when the line says nothing new. */
function overlay(draft: Draft, row: ImportRow): Draft {
  const name = row.name ?? draft.name
  const timeZone = row.timeZone ?? draft.timeZone
  const operatorCode = row.operatorCode ?? draft.operatorCode
  const attributes = row.attributes.filter(([attribute, value]) => draft.attributes[attribute] !== value)
  const tags = row.tags.filter((tag) => !draft.tags.includes(tag))
  const isSame = name === draft.name && timeZone === draft.timeZone && operatorCode === draft.operatorCode
  if (isSame && attributes.length === 0 && tags.length === 0) return draft
  return {
    ...draft,
    name,
    timeZone,
    operatorCode,
    attributes: { ...draft.attributes, ...Object.fromEntries(attributes) },
    tags: [...draft.tags, ...tags],
    addedTags: [...draft.addedTags, ...tags],
  }
}
