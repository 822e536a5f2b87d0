import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { fieldErrorsOf } from '../../../api/errors.ts'
import type { ComposerField, ComposerProblems } from './composer-problems.ts'
import type { ComposerValues } from './composer-values.ts'

/** Fields whose problem comes from a deliberate choice, so that it is shown without waiting for the buttons. */
const shownAtOnce: readonly ComposerField[] = ['startsAt', 'endsAt', 'window', 'ratePerSecond', 'name']

/** Where the engine's names of fields end up on the screen. */
function placeOf(path: string): string {
  return path.startsWith('window') ? 'window' : path.replace(/\.\d+$/, '')
}

/** What stands in the composer, at first what was left there the last time, and what is wrong with it and when to say so. */
export function useComposerState(initial: ComposerValues, unsaved: ComposerValues = initial) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const [values, setValues] = useState(unsaved)
  const [attempts, setAttempts] = useState(0)
  const [serverErrors, setServerErrors] = useState<Readonly<Record<string, string>>>({})

  function change(part: Partial<ComposerValues>): void {
    setValues((before) => ({ ...before, ...part }))
    // What the engine said was about the fields as they were.
    setServerErrors({})
  }

  function errorOf(field: string, problems: ComposerProblems): string | undefined {
    const problem = problems[field as ComposerField]
    const isDue = attempts > 0 || (shownAtOnce.includes(field as ComposerField) && problem !== 'start_missing')
    if (problem !== undefined && isDue) return t(`composer.problem.${problem}`)
    return serverErrors[field]
  }

  /** Puts the engine's objections beside their fields; false when it has none about fields. */
  function showServerError(error: unknown): boolean {
    const byPath = fieldErrorsOf(error, shell)
    if (byPath === null) return false
    const placed = Object.fromEntries(Object.entries(byPath).map(([path, words]) => [placeOf(path), words]))
    setServerErrors(placed)
    return Object.keys(placed).every((field) => field in values || field === 'window' || field.startsWith('filter.'))
  }

  /** Shows every problem and leads to the first. */
  function refuse(form: HTMLFormElement | null): void {
    flushSync(() => setAttempts((before) => before + 1))
    const first = form?.querySelector<HTMLElement>(
      ':is(input, textarea, button):is([aria-invalid="true"], [data-error])',
    )
    first?.focus()
    first?.scrollIntoView({ block: 'center' })
  }

  return {
    values,
    change,
    errorOf,
    showServerError,
    attempt: { count: attempts, refuse },
    isDirty: JSON.stringify(values) !== JSON.stringify(initial),
  }
}
