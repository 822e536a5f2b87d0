import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ORPCError } from '@orpc/client'
import { OpenAPIHandler } from '@orpc/openapi/node'
import type { StandardHandleResult } from '@orpc/server/standard'
import { reportInvalidInput } from '../api/validation-errors.ts'
import { bodyLimitBytes } from '../base/call-limits.ts'
import type { Engine } from '../engine.ts'
import { invalidInput, Refusal } from './answers.ts'
import { hasBody, parseForm, parseJson, readBody } from './request-body.ts'
import { methodsAt } from './rest-routes.ts'

type AnswerBody = Extract<StandardHandleResult, { matched: true }>['response']['body']

/** Answers a request to the REST API; false when its path is none of the API's. */
export type Rest = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>

/** The procedures that have a route, as plain HTTP and JSON. */
export function createRest(api: Engine['api']): Rest {
  const handler = new OpenAPIHandler(api, {
    filter: ({ contract }) => contract['~orpc'].route.path !== undefined,
    clientInterceptors: [reportInvalidInput],
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
    const methods = methodsAt(url.pathname)
    if (methods.length === 0) return false
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
    if (!methods.includes(method)) {
      const allow = methods.join(', ')
      throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${method} makes no sense here: use ${allow}.`, {
        headers: { allow },
      })
    }
    // Node has already taken note that a HEAD gets no body; from here on it is a GET.
    request.method = method
    // The handler takes a body that is already read, and an input without one as empty.
    Object.assign(request, { body: hasBody(request) ? await readInput(request) : {} })
    const { matched } = await handler.handle(request, response)
    return matched
  }
}

/** JSON whatever the content type says, since `curl -d '{…}'` calls it a form; real forms too. */
async function readInput(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, bodyLimitBytes)
  const contentType = request.headers['content-type'] ?? ''
  if (body.length === 0) return {}
  if (contentType.startsWith('multipart/form-data')) return parseForm(body, contentType)
  const looksLikeJson = /^\s*[[{]/.test(body.toString('utf8', 0, 100))
  if (contentType.startsWith('application/x-www-form-urlencoded') && !looksLikeJson) {
    return new URLSearchParams(body.toString())
  }
  const input = parseJson(body)
  // Anything else would count as an input that says nothing.
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalidInput([{ path: '', message: 'The body must be a JSON object: fields in braces' }])
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
