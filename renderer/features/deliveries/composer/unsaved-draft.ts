import { useEffect, useRef, useState } from 'react'
import { type ComposerValues, emptyComposer } from './composer-values.ts'

/** What the composer held, and when (Unix ms) it last changed. */
export interface UnsavedDraft {
  readonly at: number
  readonly values: ComposerValues
}

const draftsKey = 'herald.composer'
/** Only the newest drafts are kept. */
const maxDrafts = 20

type DraftsByPlace = Readonly<Record<string, UnsavedDraft>>

/** Long enough not to write every letter to disk, short enough not to lose a sentence. */
const saveDelayMs = 400

/** The unsaved draft of a place, as it was when the composer opened; null if there is none. */
export function useUnsavedDraft(place: string): UnsavedDraft | null {
  return useState(() => loadDraft(place))[0]
}

/** Stores the composer's values while they differ from the saved ones. Returns a function to call after saving. */
export function useAutosave(place: string, values: ComposerValues, isDirty: boolean): () => void {
  const isSaved = useRef(false)
  const latest = useRef({ values, isDirty })
  latest.current = { values, isDirty }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change restarts the delay
  useEffect(() => {
    const timer = setTimeout(() => store(place), saveDelayMs)
    return () => clearTimeout(timer)
  }, [place, values, isDirty])
  // Closing the window or leaving the screen must not lose the last change either.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the latest values are stored, not the first ones
  useEffect(() => {
    const onHide = () => store(place)
    window.addEventListener('pagehide', onHide)
    return () => {
      window.removeEventListener('pagehide', onHide)
      store(place)
    }
  }, [place])

  function store(where: string): void {
    if (isSaved.current) return
    if (latest.current.isDirty) storeDraft(where, latest.current.values, Date.now())
    else deleteDraft(where)
  }
  return () => {
    isSaved.current = true
    deleteDraft(place)
  }
}

/** Returns the unsaved draft of a place; null if there is none. */
function loadDraft(place: string): UnsavedDraft | null {
  return readDrafts()[place] ?? null
}

/** Stores a draft, so that it survives another screen and a restart. */
function storeDraft(place: string, values: ComposerValues, at: number): void {
  const others = Object.entries(readDrafts()).filter(([each]) => each !== place)
  const newest = others.sort(([, one], [, other]) => other.at - one.at).slice(0, maxDrafts - 1)
  writeDrafts({ ...Object.fromEntries(newest), [place]: { at, values } })
}

/** Deletes a draft that was saved or discarded. */
function deleteDraft(place: string): void {
  const { [place]: _, ...others } = readDrafts()
  writeDrafts(others)
}

function readDrafts(): DraftsByPlace {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(draftsKey) ?? '{}')
    if (typeof found !== 'object' || found === null) return {}
    return Object.fromEntries(
      Object.entries(found).filter((entry): entry is [string, UnsavedDraft] => isDraft(entry[1])),
    )
  } catch {
    // Another version may have written something else; the next draft overwrites it.
    return {}
  }
}

function writeDrafts(drafts: DraftsByPlace): void {
  try {
    localStorage.setItem(draftsKey, JSON.stringify(drafts))
  } catch {
    // Without space there is no draft; the text is still in the composer.
  }
}

function isDraft(value: unknown): value is UnsavedDraft {
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
