import { randomUUID } from 'node:crypto'
import { mapEventIterator, ORPCError } from '@orpc/client'
import { errors } from '#shared/contract/errors.ts'
import { storeErrors } from '#shared/domain/store-trouble.ts'
import { errorText, type SentError, sentError } from '#shared/errors/app-error.ts'
import { issueOf } from '#shared/errors/issue.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../store/errors.ts'
import { troubleOf } from '../store/open-errors.ts'
import { mapStream } from './output-stream.ts'
import { api } from './parts.ts'

/** Writes a line to the log. */
type WriteLine = (text: string) => void

/**
 * A middleware for the whole router: turns errors of calls and of streams into the contract's errors. Any other error
 * becomes `INTERNAL` with an id only; the details are in the log.
 */
export function reportFailures(log: WriteLine) {
  return api.middleware(async ({ next, path, signal }) => {
    // The client has disconnected, so the error is not translated.
    const failureOf = (error: unknown) => (signal?.aborted ? error : contractErrorOf(error, path.join('.'), log))
    try {
      const result = await next()
      const output = mapStream(result.output, (stream) =>
        mapEventIterator(stream, {
          value: async (value) => value,
          error: async (error) => failureOf(error),
        }),
      )
      return { ...result, output }
    } catch (error) {
      throw failureOf(error)
    }
  })
}

/** The error that reports a failing disk or file; null when `error` is about something else. */
export function unavailableBy(error: unknown): ORPCError<'STORE_UNAVAILABLE', SentError & { reason: string }> | null {
  const trouble = troubleOf(error)
  if (trouble === null) return null
  const problem = { code: storeErrors[trouble] }
  const reason = errorText(problem)
  const { status } = errors.STORE_UNAVAILABLE
  return new ORPCError('STORE_UNAVAILABLE', {
    status,
    message: reason,
    data: { ...sentError(problem), reason },
    cause: error,
  })
}

function contractErrorOf(error: unknown, where: string, log: WriteLine): ORPCError<string, unknown> {
  if (error instanceof NotFoundError) {
    const { status } = errors.NOT_FOUND
    const { entity, id } = error
    return new ORPCError('NOT_FOUND', {
      status,
      message: error.message,
      data: { entity, id, ...sentError(error.error) },
    })
  }
  if (error instanceof ConflictError) {
    const { status } = errors.CONFLICT
    return new ORPCError('CONFLICT', {
      status,
      message: error.message,
      data: { field: error.field, ...sentError(error.error), reason: error.message },
    })
  }
  if (error instanceof InvalidInputError) {
    return new ORPCError('VALIDATION', {
      status: errors.VALIDATION.status,
      message: error.message,
      data: { issues: error.problems.map(issueOf) },
    })
  }
  const unavailable = unavailableBy(error)
  if (unavailable !== null) {
    log(`${where}: ${storyOf(error)}`)
    return unavailable
  }
  // Output that its schema rejects arrives as INTERNAL_SERVER_ERROR: a defect of ours like any other.
  if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') return error
  const id = randomUUID()
  log(`error=${id} ${where}: ${storyOf(error)}`)
  const { status, message } = errors.INTERNAL
  return new ORPCError('INTERNAL', { status, message, data: { id }, cause: error })
}

function storyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const story = error.stack ?? error.message
  return error.cause === undefined ? story : `${story}\ncaused by ${storyOf(error.cause)}`
}
