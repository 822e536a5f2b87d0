import type { IncomingMessage, ServerResponse } from 'node:http'
import { ORPCError } from '@orpc/client'
import { type AnyContractProcedure, ValidationError } from '@orpc/contract'
import { OpenAPIHandler } from '@orpc/openapi/node'
import type { StandardHandleResult } from '@orpc/server/standard'
import { reportInvalidInput } from '../api/validation-errors.ts'
import { bodyLimitBytes } from '../base/call-limits.ts'
import type { Engine } from '../engine.ts'
import { HttpError, invalidInput } from './answers.ts'
import { hasBody, parseForm, parseJson, readBody } from './request-body.ts'
import { findRoute } from './rest-routes.ts'
import { withFileOf } from './uploaded-file.ts'

type AnswerBody = Extract<StandardHandleResult, { matched: true }>['response']['body']

/** Answers a request to the REST API; returns false when the path is not the API's. */
export type Rest = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>

/** Serves the procedures that have a route as plain HTTP. `uploadsDir` holds files while they are read. */
export function createRest(api: Engine['api'], uploadsDir: string): Rest {
  const handler = new OpenAPIHandler(api, {
    filter: ({ contract }) => contract['~orpc'].route.path !== undefined,
    clientInterceptors: [reportInvalidInput, nameFieldsAsSent],
    interceptors: [
      async ({ next, request }) => {
        const result = await next()
        if (!result.matched) return result
        return {
          ...result,
          response: { ...result.response, body: withAbsoluteLinks(result.response.body, request.url) },
        }
      },
    ],
    customErrorResponseBodyEncoder: encodeError,
  })
  return async (request, response, url) => {
    const route = findRoute(request.method, url.pathname)
    if (route === null) return false
    // Node already knows that the answer to a HEAD has no body; from here on it is a GET.
    request.method = route.method
    const answer = async (body: unknown): Promise<boolean> => {
      // oRPC accepts a body that has been read, and needs one even where there is none.
      const { matched } = await handler.handle(Object.assign(request, { body }), response)
      return matched
    }
    if (route.body === 'json') return answer(hasBody(request) ? await readInput(request) : {})
    return withFileOf(request, uploadsDir, async (file) => answer(route.body === 'list' ? await listIn(file) : file))
  }
}

/** A list of phones as it is, or the JSON in it. No phone starts like JSON, so the content type does not matter. */
async function listIn(file: File): Promise<unknown> {
  if (file.size === 0) return {}
  if (!looksLikeJson(await file.slice(0, 100).text())) return file
  if (file.size > bodyLimitBytes)
    throw new HttpError(413, 'PAYLOAD_TOO_LARGE', 'JSON of this size is not accepted: send the list itself as a file.')
  return parseJson(Buffer.from(await file.arrayBuffer()))
}

function looksLikeJson(beginning: string): boolean {
  return /^\s*[[{]/.test(beginning)
}

/** JSON regardless of the content type, since `curl -d '{…}'` calls it a form; real forms too. */
async function readInput(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, bodyLimitBytes)
  const contentType = request.headers['content-type'] ?? ''
  if (body.length === 0) return {}
  if (contentType.startsWith('multipart/form-data')) return parseForm(body, contentType)
  if (contentType.startsWith('application/x-www-form-urlencoded') && !looksLikeJson(body.toString('utf8', 0, 100))) {
    return new URLSearchParams(body.toString())
  }
  const input = parseJson(body)
  // oRPC would treat anything else as an empty input.
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalidInput([{ path: '', code: 'body_not_object' }])
  }
  return input
}

/** The API knows its pages (`?limit=…&offset=…`), but not the address that it is reached at. */
function withAbsoluteLinks(body: AnswerBody, url: URL): AnswerBody {
  if (typeof body !== 'object' || body === null || !('next' in body && 'previous' in body)) return body
  const base = `${url.origin}${url.pathname.replace(/\/?$/, '/')}`
  const absolute = (link: unknown) => (typeof link === 'string' ? new URL(link, base).href : null)
  return { ...body, next: absolute(body.next), previous: absolute(body.previous) }
}

function encodeError(error: ORPCError<string, unknown>): unknown {
  return { code: error.code, message: error.message, data: error.data ?? null }
}

/** The input of a detailed route has `query` and `body` around its fields, which the client never sent. */
async function nameFieldsAsSent<Result>({
  next,
  procedure,
}: {
  next(): Promise<Result>
  readonly procedure: AnyContractProcedure
}): Promise<Result> {
  try {
    return await next()
  } catch (error) {
    const { inputStructure } = procedure['~orpc'].route
    if (inputStructure !== 'detailed' || !(error instanceof ORPCError && error.cause instanceof ValidationError))
      throw error
    const { message, data } = error.cause
    const issues = error.cause.issues.map((issue) => ({ ...issue, path: issue.path?.slice(1) ?? [] }))
    const cause = new ValidationError({ message, data: fieldsOf(data), issues })
    throw new ORPCError(error.code, { message: error.message, cause })
  }
}

/** The fields of a detailed input as one object, as the shortened paths name them. */
function fieldsOf(input: unknown): object {
  const { params, query } = input as { readonly params?: object; readonly query?: object }
  return { ...params, ...query }
}
