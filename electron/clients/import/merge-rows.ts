import type { OnKnown } from '#shared/contract/import.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { byName, clientTextFields, textFieldOf } from '#shared/domain/client-fields.ts'
import type { ImportedClient, KnownClient } from '../../store/ports/imports.ts'
import type { ImportRow } from './read-row.ts'

/** A client to write to the directory; `id` is null for a new one. */
export interface Draft extends ImportedClient {
  readonly id: number | null
  readonly tags: readonly string[]
}

/** An existing client after the import, with the tags that changed. */
export interface Changed extends Draft {
  readonly id: number
  readonly addedTags: readonly string[]
  readonly removedTags: readonly string[]
}

export interface MergeRules {
  readonly onKnown: OnKnown
  /** The time zone of a new client whose row has none. */
  readonly timeZone: string
}

/** How many rows created a client, changed one, or changed nothing. */
export interface MergeCounts {
  readonly created: number
  readonly updated: number
  readonly skipped: number
}

/** The clients to write, and the results of the rows. */
export interface Merged {
  readonly created: readonly Draft[]
  readonly changed: readonly Changed[]
  readonly counts: MergeCounts
}

/**
 * Merges rows into the clients of the directory in order, so that a repeated phone updates the same client. Pure.
 * A blank cell keeps the client's value.
 */
export function mergeRows(rows: readonly ImportRow[], known: readonly KnownClient[], rules: MergeRules): Merged {
  const before = new Map(known.map((client) => [client.phone, client]))
  const drafts = new Map<string, Draft>(before)
  const touched = new Set<string>()
  const counts = { created: 0, updated: 0, skipped: 0 }
  for (const row of rows) {
    const draft = drafts.get(row.phone)
    const after = draft === undefined ? newDraft(row, rules) : overlay(draft, row, rules.onKnown)
    if (draft === after) {
      counts.skipped += 1
      continue
    }
    counts[draft === undefined ? 'created' : 'updated'] += 1
    drafts.set(row.phone, after)
    touched.add(row.phone)
  }
  const created: Draft[] = []
  const changed: Changed[] = []
  for (const phone of touched) {
    const draft = drafts.get(phone)
    const was = before.get(phone)
    if (draft === undefined) continue
    if (was === undefined) created.push(draft)
    else
      changed.push({
        ...draft,
        id: was.id,
        addedTags: without(draft.tags, was.tags),
        removedTags: without(was.tags, draft.tags),
      })
  }
  return { created, changed, counts }
}

function newDraft(row: ImportRow, { timeZone }: MergeRules): Draft {
  return {
    id: null,
    phone: row.phone,
    ...byName(
      clientTextFields,
      (field) => row[field] ?? (field === 'timeZone' ? timeZone : textFieldOf(field).initial(row.phone)),
    ),
    attributes: Object.fromEntries(row.attributes),
    tags: row.tags,
  }
}

/** Returns the same draft if the row changes nothing. */
function overlay(draft: Draft, row: ImportRow, onKnown: OnKnown): Draft {
  switch (onKnown) {
    case 'skip':
      return draft
    case 'addTags':
      return withMoreTags(draft, row)
    case 'replaceTags':
      return withOtherTags(draft, row)
    case 'update':
      return withMoreTags(withFields(draft, row), row)
    default:
      return assertNever(onKnown)
  }
}

function withFields(draft: Draft, row: ImportRow): Draft {
  const attributes = row.attributes.filter(([attribute, value]) => draft.attributes[attribute] !== value)
  const isSame = clientTextFields.every((field) => row[field] === null || row[field] === draft[field])
  if (isSame && attributes.length === 0) return draft
  return {
    ...draft,
    ...byName(clientTextFields, (field) => row[field] ?? draft[field]),
    attributes: { ...draft.attributes, ...Object.fromEntries(attributes) },
  }
}

function withMoreTags(draft: Draft, row: ImportRow): Draft {
  const tags = without(row.tags, draft.tags)
  return tags.length === 0 ? draft : { ...draft, tags: [...draft.tags, ...tags] }
}

function withOtherTags(draft: Draft, row: ImportRow): Draft {
  const isSame = row.tags.length === draft.tags.length && without(row.tags, draft.tags).length === 0
  return row.tags.length === 0 || isSame ? draft : { ...draft, tags: row.tags }
}

function without(tags: readonly string[], others: readonly string[]): string[] {
  return tags.filter((tag) => !others.includes(tag))
}
