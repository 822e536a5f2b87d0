import { type AppError, type AppErrorCode, errorText, sentError } from './app-error.ts'

/** One thing wrong with an input: `path` is where it is (`filter.tags.0`). */
export type InputProblem = AppError & { readonly path: string }

/** The same as it crosses the border, with the English text. */
export function issueOf({ path, ...error }: InputProblem) {
  return { path, ...sentError(error), message: errorText(error) }
}

/** The issues in one line of English: `name: must not be empty; endsAt: …`. */
export function textOfIssues(issues: ReadonlyArray<{ readonly path: string; readonly message: string }>): string {
  return issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
}

type ParamsOf<Code extends AppErrorCode> = NonNullable<AppError<Code>['params']>

/**
 * What a check of the contract reports: the code takes the place of zod's English message. Any check carries a code; the params
 * reach the issue from custom checks only (`refine`, `addIssue`), those of other checks come from the issue's own fields.
 */
export function failsWith<Code extends AppErrorCode>(
  code: Code,
  params?: ParamsOf<Code>,
): { readonly error: Code; readonly params: ParamsOf<Code> | undefined } {
  return { error: code, params }
}
