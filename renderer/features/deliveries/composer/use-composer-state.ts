import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { fieldErrorsOf } from '../../../api/errors.ts'
import type { ComposerField, ComposerProblems } from './composer-problems.ts'
import type { ComposerValues } from './composer-values.ts'

/** Fields whose problem results from a deliberate choice, so that it is shown at once. */
const immediateFields: readonly ComposerField[] = ['startsAt', 'endsAt', 'window', 'ratePerSecond', 'name']

/** The composer's field for a field of the engine. */
function composerFieldOf(path: string): string {
  return path.startsWith('window') ? 'window' : path.replace(/\.\d+$/, '')
}

/** The composer's values (an unsaved draft at first), its problems, and when to show them. */
export function useComposerState(initial: ComposerValues, unsaved: ComposerValues = initial) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const [values, setValues] = useState(unsaved)
  const [attempts, setAttempts] = useState(0)
  const [serverErrors, setServerErrors] = useState<Readonly<Record<string, string>>>({})

  function change(part: Partial<ComposerValues>): void {
    setValues((before) => ({ ...before, ...part }))
    // The engine's errors were about the previous values.
    setServerErrors({})
  }

  function errorOf(field: string, problems: ComposerProblems): string | undefined {
    const problem = problems[field as ComposerField]
    const isDue = attempts > 0 || (immediateFields.includes(field as ComposerField) && problem !== 'start_missing')
    if (problem !== undefined && isDue) return t(`composer.problem.${problem}`)
    return serverErrors[field]
  }

  /** Shows the engine's errors at their fields. Returns false if they are not about fields. */
  function showServerError(error: unknown): boolean {
    const byPath = fieldErrorsOf(error, shell)
    if (byPath === null) return false
    const byField = Object.fromEntries(
      Object.entries(byPath).map(([path, message]) => [composerFieldOf(path), message]),
    )
    setServerErrors(byField)
    return Object.keys(byField).every((field) => field in values || field === 'window' || field.startsWith('filter.'))
  }

  /** Shows every problem and focuses the first. */
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
