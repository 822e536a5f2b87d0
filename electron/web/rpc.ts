import type { IncomingMessage, ServerResponse } from 'node:http'
import { RPCHandler } from '@orpc/server/node'
import { isCarriedByRpc } from '../api/output-stream.ts'
import { reportInvalidInput } from '../api/validation-errors.ts'
import { callLimitBytes } from '../base/call-limits.ts'
import type { Engine } from '../engine.ts'
import { hasBody, parseForm, parseJson, readBody } from './request-body.ts'

const prefix = '/rpc'

/** Answers a call of the console's typed client. Returns false when the path is not a procedure. */
export type Rpc = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>

/** Serves the whole contract to the console: calls, files and event streams. */
export function createRpc(api: Engine['api']): Rpc {
  const handler = new RPCHandler(api, { filter: isCarriedByRpc, clientInterceptors: [reportInvalidInput] })
  return async (request, response, url) => {
    if (!url.pathname.startsWith(`${prefix}/`)) return false
    const limitBytes = callLimitBytes(url.pathname.slice(prefix.length))
    if (hasBody(request)) Object.assign(request, { body: await readCall(request, limitBytes) })
    const { matched } = await handler.handle(request, response, { prefix })
    return matched
  }
}

/** Reads a call: JSON, or a form when it carries a file. */
async function readCall(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? ''
  const body = await readBody(request, limitBytes)
  return contentType.startsWith('multipart/form-data') ? parseForm(body, contentType) : parseJson(body)
}
