import { type CompiledText, compileText } from '#shared/domain/template.ts'
import { InvalidInputError } from '../store/errors.ts'

/** Parses a text. Throws `InvalidInputError` on `text` that says where the mistake stands. */
export function parseText(source: string): CompiledText {
  const compiled = compileText(source)
  if (compiled.ok) return compiled.text
  const { line, column, message } = compiled.problem
  throw new InvalidInputError([{ path: 'text', message: `line ${line}, column ${column}: ${message}` }])
}
