import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { errors } from '#shared/contract/errors.ts'
import { type AppError, isAppErrorCode } from '#shared/errors/app-error.ts'
import { type InputProblem, issueOf, textOfIssues } from '#shared/errors/issue.ts'

/** An issue of a schema library; zod adds fields to the standard ones. */
interface SchemaIssue {
  readonly message: string
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
  readonly code?: string
  readonly expected?: string
  readonly keys?: readonly string[]
  readonly values?: readonly unknown[]
  readonly errors?: ReadonlyArray<readonly SchemaIssue[]>
  readonly origin?: string
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly inclusive?: boolean
  readonly format?: string
  readonly divisor?: number
  readonly issues?: readonly SchemaIssue[]
  readonly params?: unknown
}

/**
 * A client interceptor for any handler or router client. Throws the contract's `VALIDATION`, with the code of each field's error, where
 * the transport throws `BAD_REQUEST` for an input that its schema refuses.
 */
export async function reportInvalidInput<Result>({ next }: { next(): Promise<Result> }): Promise<Result> {
  try {
    return await next()
  } catch (error) {
    throw asValidation(error)
  }
}

function asValidation(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError))
    return error
  const { issues: refused, data: input } = error.cause
  const issues = refused.flatMap((issue) => problemsOf(issue, input)).map(issueOf)
  return new ORPCError('VALIDATION', {
    status: errors.VALIDATION.status,
    message: textOfIssues(issues),
    data: { issues },
    cause: error.cause,
  })
}

/** Returns the problems in one issue of a schema: one, or one for each unknown field. */
export function problemsOf(issue: SchemaIssue, input: unknown): InputProblem[] {
  const keys = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
  const path = keys.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({ path: path === '' ? key : `${path}.${key}`, code: 'unknown_field' }))
  const [firstChoice] = issue.errors ?? []
  if (issue.code === 'invalid_union' && firstChoice !== undefined && !isAppErrorCode(issue.message))
    return firstChoice.flatMap((inner) => problemsOf({ ...inner, path: [...keys, ...(inner.path ?? [])] }, input))
  // A name in a free list of them, such as the attributes, is last in the path.
  if (issue.code === 'invalid_key')
    return [{ path: keys.slice(0, -1).map(String).join('.'), ...nameError(issue, keys) }]
  return [{ path, ...errorOf(issue, valueAt(input, keys)) }]
}

function errorOf(issue: SchemaIssue, value: unknown): AppError {
  // The contract's own checks carry a code; for custom ones, its params too.
  if (isAppErrorCode(issue.message)) return ownError(issue)
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? { code: 'required' } : wrongType(issue.expected ?? '')
    case 'invalid_value':
      return { code: 'not_among', params: { values: (issue.values ?? []).map(String) } }
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_format':
      return issue.format === undefined || issue.format === 'regex'
        ? { code: 'wrong_format' }
        : { code: 'not_a_format', params: { format: issue.format } }
    case 'not_multiple_of':
      return { code: 'not_multiple', params: { step: issue.divisor ?? 1 } }
    default:
      return { code: 'invalid' }
  }
}

/** `failsWith` has paired the code with its params; a limit of zod's own is a param too. */
function ownError({ message, params, maximum }: SchemaIssue): AppError {
  return {
    code: message,
    params: { ...(maximum === undefined ? {} : { max: Number(maximum) }), ...paramsIn(params) },
  } as AppError
}

function paramsIn(params: unknown): object {
  return typeof params === 'object' && params !== null ? params : {}
}

function nameError({ issues = [] }: SchemaIssue, keys: readonly PropertyKey[]): AppError {
  const name = String(keys.at(-1))
  const [inner] = issues
  if (inner?.code === 'too_small') return { code: 'name_empty', params: { name } }
  if (inner?.code === 'too_big') return { code: 'name_too_long', params: { name, max: Number(inner.maximum) } }
  return { code: 'name_invalid', params: { name } }
}

function tooSmall({ origin = '', minimum = 0, inclusive }: SchemaIssue): AppError {
  const min = Number(minimum)
  if (isCounted(origin) && min === 1) return { code: 'empty' }
  if (origin === 'string') return { code: 'text_too_short', params: { min } }
  if (isCounted(origin)) return { code: 'list_too_short', params: { min } }
  return { code: inclusive === false ? 'not_above' : 'too_small', params: { min } }
}

function tooBig({ origin = '', maximum = 0, inclusive }: SchemaIssue): AppError {
  const max = Number(maximum)
  if (origin === 'string') return { code: 'text_too_long', params: { max } }
  if (isCounted(origin)) return { code: 'list_too_long', params: { max } }
  return { code: inclusive === false ? 'not_below' : 'too_large', params: { max } }
}

/** Whether zod limits the number of characters or entries; a number is its own size. */
function isCounted(origin: string): boolean {
  return origin === 'string' || origin === 'array' || origin === 'set'
}

const typeErrors = {
  string: 'not_text',
  number: 'not_number',
  int: 'not_whole_number',
  boolean: 'not_true_or_false',
  array: 'not_list',
  object: 'not_object',
  record: 'not_object',
} as const

function wrongType(expected: string): AppError {
  const code = Object.hasOwn(typeErrors, expected) ? typeErrors[expected as keyof typeof typeErrors] : undefined
  return code === undefined ? { code: 'wrong_type', params: { expected } } : { code }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key]
  }
  return value
}
