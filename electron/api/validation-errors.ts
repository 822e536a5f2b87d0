import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { errors, type InputIssue } from '#shared/contract/errors.ts'

/** What a schema library says about one thing; zod adds fields of its own to the standard ones. */
interface SchemaIssue {
  readonly message: string
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
  readonly code?: string
  readonly expected?: string
  readonly keys?: readonly string[]
  readonly values?: readonly unknown[]
  readonly errors?: ReadonlyArray<readonly SchemaIssue[]>
}

/**
 * A client interceptor for any handler or router client: an input that its schema refuses leaves as the contract's `VALIDATION`, with
 * each field and its reason in words, instead of the transport's own `BAD_REQUEST`.
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
  const issues = error.cause.issues.flatMap((issue) => describeIssue(issue))
  const message = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  return new ORPCError('VALIDATION', {
    status: errors.VALIDATION.status,
    message,
    data: { issues },
    cause: error.cause,
  })
}

/** One complaint of a schema, or one for each unknown field, in words. A message that the contract wrote itself stays as it is. */
export function describeIssue(issue: SchemaIssue): InputIssue[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  const at = (message: string): InputIssue[] => [{ path, message }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return (issue.keys ?? []).map((key) => ({
        path: path === '' ? key : `${path}.${key}`,
        message: 'is not a known field',
      }))
    case 'invalid_type':
      return issue.message.startsWith('Invalid input') ? at(wrongType(issue)) : at(issue.message)
    case 'invalid_value':
      return issue.message.startsWith('Invalid')
        ? at(`must be one of: ${(issue.values ?? []).join(', ')}`)
        : at(issue.message)
    case 'invalid_union': {
      const nearest = issue.errors?.[0]
      if (!issue.message.startsWith('Invalid') || nearest === undefined) return at(issue.message)
      return nearest.flatMap((inner) =>
        describeIssue({ ...inner, path: [...(issue.path ?? []), ...(inner.path ?? [])] }),
      )
    }
    default:
      return at(issue.message)
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function wrongType(issue: SchemaIssue): string {
  if (issue.message.endsWith('received undefined')) return 'is required'
  const expected = issue.expected ?? ''
  return `must be ${typeWords[expected] ?? expected}`
}
