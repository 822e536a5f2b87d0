import { type ComposerValues, emptyComposer } from './composer-values.ts'

/** What was being written, and when it was written last. */
export interface KeptDraft {
  readonly at: number
  readonly values: ComposerValues
}

const storageKey = 'herald.composer'
/** So many are kept, those that were written last. */
const maxDrafts = 20

type Kept = Readonly<Record<string, KeptDraft>>

/** What was being written at this place and never saved; null when there is nothing. */
export function recallDraft(place: string): KeptDraft | null {
  return readKept()[place] ?? null
}

/** Keeps what is being written, so that neither another screen nor the program's end takes it away. */
export function keepDraft(place: string, values: ComposerValues, at: number): void {
  const others = Object.entries(readKept()).filter(([each]) => each !== place)
  const newest = others.sort(([, one], [, other]) => other.at - one.at).slice(0, maxDrafts - 1)
  write({ ...Object.fromEntries(newest), [place]: { at, values } })
}

/** It was saved, or thrown away. */
export function forgetDraft(place: string): void {
  const { [place]: _, ...others } = readKept()
  write(others)
}

function readKept(): Kept {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    if (typeof found !== 'object' || found === null) return {}
    return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, KeptDraft] => isDraft(entry[1])))
  } catch {
    // What another version wrote is no use; the next draft takes its place.
    return {}
  }
}

function write(kept: Kept): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(kept))
  } catch {
    // Without room there is no draft; the text itself still stands in the composer.
  }
}

function isDraft(value: unknown): value is KeptDraft {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('values' in value)) return false
  const { at, values } = value
  if (typeof at !== 'number' || typeof values !== 'object' || values === null) return false
  const fields: Readonly<Record<string, unknown>> = { ...values }
  return (
    Object.keys(emptyComposer).every((name) => name in fields) &&
    [fields.name, fields.text, fields.windowFrom, fields.windowTo].every((text) => typeof text === 'string') &&
    typeof fields.filter === 'object'
  )
}
