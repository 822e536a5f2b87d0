import { atPlace } from '#shared/domain/liquid-errors.ts'
import { type CompiledText, compileText } from '#shared/domain/template.ts'
import { InvalidInputError } from '../store/errors.ts'

/** Parses a text. Throws `InvalidInputError` on `text` that says where the mistake stands. */
export function parseText(source: string): CompiledText {
  const compiled = compileText(source)
  if (compiled.ok) return compiled.text
  throw new InvalidInputError([{ path: 'text', ...atPlace(compiled.problem.error, compiled.problem) }])
}
