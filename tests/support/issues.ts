import type * as z from 'zod'
import { problemsOf } from '#electron/api/validation-errors.ts'
import { type InputProblem, issueOf } from '#shared/errors/issue.ts'

/** Returns the API's issues for an input that a schema rejects; empty if it accepts it. */
export function problemsWith(schema: z.ZodType, input: unknown): InputProblem[] {
  const result = schema.safeParse(input)
  return result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, input))
}

/** Returns the same in English, as in REST: `tags.0: a tag must not be empty`. */
export function issuesWith(schema: z.ZodType, input: unknown): string[] {
  return problemsWith(schema, input)
    .map(issueOf)
    .map(({ path, message }) => `${path}: ${message}`)
}
