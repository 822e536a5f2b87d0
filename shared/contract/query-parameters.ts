import * as z from 'zod'
import { failsWith } from '../errors/issue.ts'

const repeated = failsWith('parameter_twice')

/** The query of an address. An unknown parameter is refused: a misspelt filter would select everybody. */
export function parameters<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape)
  return z.object(shape).catchall(z.custom<unknown>(() => false, failsWith('parameter_unknown', { known })))
}

/** What the reference says about a value that the query itself does not check. */
interface Described {
  readonly type?: 'boolean'
  readonly enum?: readonly string[]
  readonly default?: string
  readonly format?: 'date'
}

/** A parameter with one value, which the procedure behind the address checks. */
export function textParameter(description: string, jsonSchema: Described = {}) {
  return z.string(repeated).optional().meta({ description, jsonSchema })
}

/** As `textParameter`; the reference says that it is required, and the procedure refuses a request without it. */
export function requiredParameter(description: string, jsonSchema: Described) {
  return textParameter(description).meta({ description, jsonSchema, isRequired: true })
}

/** A parameter that may be repeated. */
export function listParameter(description: string) {
  const values = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()))
  return values.optional().meta({ description })
}

/** One of several words. */
export function choiceParameter<const Word extends string>(description: string, words: readonly Word[]) {
  return z
    .enum(words, { error: ({ input }) => (Array.isArray(input) ? repeated.error : undefined) })
    .meta({ description })
}

/** `true` or `false`; false unless given. */
export function booleanParameter(description: string) {
  return z
    .enum(['true', 'false'], {
      error: ({ input }) => (Array.isArray(input) ? repeated : failsWith('not_true_or_false')).error,
    })
    .transform((word) => word === 'true')
    .default(false)
    .meta({ description, jsonSchema: { type: 'boolean', enum: undefined } })
}
