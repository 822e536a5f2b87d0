import type { RefusedLine } from '#shared/contract/clients.ts'
import { type AppError, errorText, sentError } from '#shared/errors/app-error.ts'

const maxValueCharacters = 200

/** A line that was refused; a long value is cut. */
export function refusalOf(line: number, field: string, value: string, error: AppError): RefusedLine {
  const shown = value.length > maxValueCharacters ? `${value.slice(0, maxValueCharacters - 1)}…` : value
  return { line, field, value: shown, ...sentError(error), reason: errorText(error) }
}
