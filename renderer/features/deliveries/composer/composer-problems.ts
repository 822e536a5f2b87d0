import { type ComposerValues, scheduleOf } from './composer-values.ts'

/** What can be wrong in the composer; each is a key of the locales. */
export type ComposerProblem =
  | 'text_empty'
  | 'text_too_long'
  | 'text_broken'
  | 'name_too_long'
  | 'start_missing'
  | 'start_past'
  | 'end_before_start'
  | 'end_past'
  | 'window_missing'
  | 'window_empty'
  | 'rate_invalid'

export type ComposerField = 'name' | 'text' | 'startsAt' | 'endsAt' | 'window' | 'ratePerSecond'

export type ComposerProblems = { readonly [field in ComposerField]?: ComposerProblem }

const maxTextLength = 10_000
const maxNameLength = 200
export const maxRatePerSecond = 100_000

/**
 * The problems that keep a delivery from being sent, by field. Pure. The scope `some` is a delivery that has started:
 * its text and its start cannot change any more.
 */
export function composerProblems(values: ComposerValues, now: Date, scope: 'everything' | 'some'): ComposerProblems {
  const problems: { [field in ComposerField]?: ComposerProblem } = {}
  if (values.name.trim().length > maxNameLength) problems.name = 'name_too_long'
  if (scope === 'everything') {
    if (values.text.trim() === '') problems.text = 'text_empty'
    else if (values.text.length > maxTextLength) problems.text = 'text_too_long'
  }
  const schedule = scheduleOf(values, now)
  if (schedule === null) {
    problems.startsAt = 'start_missing'
  } else {
    if (scope === 'everything' && values.start === 'later' && schedule.startsAt <= now) problems.startsAt = 'start_past'
    if (schedule.endsAt <= schedule.startsAt) problems.endsAt = 'end_before_start'
    else if (schedule.endsAt <= now) problems.endsAt = 'end_past'
  }
  if (values.limitsHours) {
    if (values.windowFrom === '' || values.windowTo === '') problems.window = 'window_missing'
    else if (values.windowFrom === values.windowTo) problems.window = 'window_empty'
  }
  const rate = values.ratePerSecond
  if (rate !== '' && (!Number.isInteger(rate) || rate < 1 || rate > maxRatePerSecond))
    problems.ratePerSecond = 'rate_invalid'
  return problems
}

/** A draft may have a start or an end in the past, because it is not sent yet; everything else must be valid. */
export function draftProblems(values: ComposerValues, now: Date): ComposerProblems {
  const { startsAt, endsAt, ...rest } = composerProblems(values, now, 'everything')
  return {
    ...rest,
    ...(startsAt === 'start_missing' ? { startsAt } : {}),
    ...(endsAt === 'end_before_start' ? { endsAt } : {}),
  }
}
