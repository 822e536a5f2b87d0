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
  readonly origin?: string
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly inclusive?: boolean
  readonly format?: string
  readonly divisor?: number
  readonly issues?: readonly SchemaIssue[]
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
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => ({
      path: path === '' ? key : `${path}.${key}`,
      message: 'is not a known field',
    }))
  }
  // What the contract says in its own words needs no others.
  if (!/^(Invalid|Too (small|big))/.test(issue.message)) return at(issue.message)
  switch (issue.code) {
    case 'invalid_type':
      return at(wrongType(issue))
    case 'invalid_value':
      return at(`must be one of: ${(issue.values ?? []).join(', ')}`)
    case 'invalid_union':
      return issue.errors?.[0]?.flatMap((inner) => describeIssue(within(issue, inner))) ?? at('is not valid')
    case 'invalid_key':
      return wrongKey(issue)
    case 'too_small':
      return at(tooSmall(issue))
    case 'too_big':
      return at(tooBig(issue))
    case 'invalid_format':
      return at(issue.format === 'regex' ? 'does not have the right form' : `is not a valid ${issue.format}`)
    case 'not_multiple_of':
      return at(`must be a multiple of ${issue.divisor}`)
    default:
      return at('is not valid')
  }
}

function within(outer: SchemaIssue, inner: SchemaIssue): SchemaIssue {
  return { ...inner, path: [...(outer.path ?? []), ...(inner.path ?? [])] }
}

/** A name in a free list of them, such as the attributes, stands last in the path. */
function wrongKey(issue: SchemaIssue): InputIssue[] {
  const path = issue.path ?? []
  const [{ path: name } = { path: '' }] = describeIssue({ message: '', path: path.slice(-1) })
  const [reason = { message: 'is not valid' }] = (issue.issues ?? []).flatMap((inner) => describeIssue(inner))
  return describeIssue({ message: `the name "${name}" ${reason.message}`, path: path.slice(0, -1) })
}

/** What is counted when the size of a thing is at fault; nothing for numbers, which are their own size. */
const sizeWords: Readonly<Record<string, string>> = { string: 'characters', array: 'entries', set: 'entries' }

function tooSmall({ origin = '', minimum = 0, inclusive }: SchemaIssue): string {
  const counted = sizeWords[origin]
  if (counted === undefined) return `must be ${inclusive === false ? 'more than' : 'at least'} ${minimum}`
  return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} ${counted}`
}

function tooBig({ origin = '', maximum = 0, inclusive }: SchemaIssue): string {
  const counted = sizeWords[origin]
  if (counted === undefined) return `must be ${inclusive === false ? 'less than' : 'at most'} ${maximum}`
  return `must have at most ${maximum} ${counted}`
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
