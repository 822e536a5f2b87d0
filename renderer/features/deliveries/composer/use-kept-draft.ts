import { useEffect, useRef, useState } from 'react'
import type { ComposerValues } from './composer-values.ts'
import { forgetDraft, type KeptDraft, keepDraft, recallDraft } from './kept-draft.ts'

/** Long enough that not every letter is written to disk, short enough that no sentence is lost. */
const restMs = 400

/** What was left at this place the last time, as it was when the composer opened. */
export function useRecalledDraft(place: string): KeptDraft | null {
  return useState(() => recallDraft(place))[0]
}

/** Keeps what is being written from its first change on. The answer ends that: it was saved. */
export function useKeepDraft(place: string, values: ComposerValues, isDirty: boolean): () => void {
  const isOver = useRef(false)
  const latest = useRef({ values, isDirty })
  latest.current = { values, isDirty }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change begins the rest anew
  useEffect(() => {
    const timer = setTimeout(() => keep(place), restMs)
    return () => clearTimeout(timer)
  }, [place, values, isDirty])
  // Whoever leaves at once loses nothing either, by closing the window or by another screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept is the latest, whichever it was at first
  useEffect(() => {
    const onHide = () => keep(place)
    window.addEventListener('pagehide', onHide)
    return () => {
      window.removeEventListener('pagehide', onHide)
      keep(place)
    }
  }, [place])

  function keep(where: string): void {
    if (isOver.current) return
    if (latest.current.isDirty) keepDraft(where, latest.current.values, Date.now())
    else forgetDraft(where)
  }
  return () => {
    isOver.current = true
    forgetDraft(place)
  }
}
