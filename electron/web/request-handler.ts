import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { importLimitBytes } from '../base/call-limits.ts'
import type { Log } from '../base/log.ts'
import type { Engine } from '../engine.ts'
import { HttpError, sendError, sendHtml, setSecurityHeaders } from './answers.ts'
import { type Authentication, createAuthentication } from './authentication.ts'
import { serveConsole } from './console-files.ts'
import { serveDocs } from './docs.ts'
import { checkOrigin } from './origin-check.ts'
import { continuePage, signInPage } from './pages.ts'
import { checkDeclaredSize } from './request-body.ts'
import { createRest } from './rest.ts'
import { createRpc } from './rpc.ts'

export interface RequestHandlerOptions {
  readonly api: Engine['api']
  readonly token: string
  /** Folder of the built console. */
  readonly consoleDir: string
  /** Uploaded files are stored here while they are read; the folder is emptied when the host opens. */
  readonly uploadsDir: string
  readonly log: Log
}

/** Answers one request; never rejects. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Checks the origin and the token of each request, then serves the API, the reference or the console. */
export function createRequestHandler(port: number, options: RequestHandlerOptions): RequestHandler {
  const { api, token, consoleDir, uploadsDir, log } = options
  const authentication = createAuthentication(token, port)
  const rest = createRest(api, uploadsDir)
  const rpc = createRpc(api)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    refuseForeign(request, port)
    const url = urlOf(request)
    if (tradeToken(request, response, url, authentication)) return
    if (!authentication.isAuthenticated(request.headers)) throw unauthorized()

    if (request.headers.expect === '100-continue') {
      checkDeclaredSize(request, importLimitBytes)
      response.writeContinue()
    }
    if ((await rpc(request, response, url)) || (await rest(request, response, url))) return

    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (reads && ((await serveDocs(response, url)) || (await serveConsole(response, url, consoleDir)))) return
    throw new HttpError(404, 'NOT_FOUND', `Nothing exists at ${url.pathname}. The reference is at /docs/.`)
  }

  return async (request, response) => {
    const startedAt = performance.now()
    // Without the query, which may contain the token or a phone.
    const line = `${request.method} ${request.url?.split('?')[0]}`
    response.once('close', () =>
      log.info(
        `${line} ${response.writableFinished ? response.statusCode : 'left'} ${Math.round(performance.now() - startedAt)} ms`,
      ),
    )
    setSecurityHeaders(response)
    try {
      await answer(request, response)
    } catch (error) {
      // The client has disconnected, or the response has begun.
      if (response.headersSent || response.destroyed) response.destroy()
      else reject(request, response, error instanceof HttpError ? error : unexpected(log, line, error))
    }
  }
}

function refuseForeign(request: IncomingMessage, port: number): void {
  switch (checkOrigin(request.headers, port)) {
    case 'host':
      throw new HttpError(403, 'FORBIDDEN', `Use the host 127.0.0.1:${port} or localhost:${port}.`)
    case 'origin':
      throw new HttpError(403, 'FORBIDDEN', 'Requests from other origins are not allowed.')
    case null:
  }
}

/** Built from the checked `Host`; the request line never decides the host. Throws a 400 for anything but a path. */
function urlOf(request: IncomingMessage): URL {
  const path = request.url ?? '/'
  if (!path.startsWith('/')) throw new HttpError(400, 'BAD_REQUEST', 'The address must be a path.')
  return new URL(`http://${request.headers.host}${path}`)
}

/**
 * Trades the token in a link for a cookie and redirects without it, so that no history keeps it. Returns false for other requests.
 * Throws a 401 for a wrong token.
 */
function tradeToken(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  authentication: Authentication,
): boolean {
  const token = request.method === 'GET' ? url.searchParams.get('token') : null
  if (token === null) return false
  if (!authentication.isToken(token)) throw unauthorized()
  url.searchParams.delete('token')
  // A single slash: after two the browser would read a host.
  const target = url.pathname.replace(/^\/+/, '/') + url.search
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    // Browsers do not send a strict cookie along a redirect that another site started.
    sendHtml(response, 200, continuePage(target), { 'set-cookie': authentication.setCookie })
  } else {
    response.writeHead(303, { location: target, 'set-cookie': authentication.setCookie }).end()
  }
  return true
}

function unauthorized(): HttpError {
  const text = 'The token is required: send "Authorization: Bearer …", or open the link that the program printed.'
  return new HttpError(401, 'UNAUTHORIZED', text, { headers: { 'www-authenticate': 'Bearer' } })
}

/** An error in the host itself; the API reports its own. The answer contains neither a stack nor a path. */
function unexpected(log: Log, line: string, error: unknown): HttpError {
  const id = randomUUID()
  log.error(`error=${id} ${line}: ${error instanceof Error ? error.stack : String(error)}`)
  return new HttpError(500, 'INTERNAL', 'Something went wrong inside the program', { data: { id } })
}

function reject(request: IncomingMessage, response: ServerResponse, error: HttpError): void {
  const readsPages = request.headers.accept?.includes('text/html') === true
  if (error.status === 401 && readsPages) sendHtml(response, 401, signInPage, error.headers)
  else sendError(response, error)
  // The rest of the body is read and dropped, or the client might never read the answer.
  request.resume()
}
