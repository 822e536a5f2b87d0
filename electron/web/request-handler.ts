import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { importLimitBytes } from '../base/call-limits.ts'
import type { Log } from '../base/log.ts'
import type { Engine } from '../engine.ts'
import { Refusal, sendHtml, sendRefusal, setSecurityHeaders } from './answers.ts'
import { type Authentication, createAuthentication } from './authentication.ts'
import { checkBorders } from './borders.ts'
import { serveConsole } from './console-files.ts'
import { serveDocs } from './docs.ts'
import { onwardPage, shutPage } from './pages.ts'
import { refuseDeclared } from './request-body.ts'
import { createRest } from './rest.ts'
import { createRpc } from './rpc.ts'

export interface RequestHandlerOptions {
  readonly api: Engine['api']
  readonly token: string
  /** Folder of the built console. */
  readonly consoleDir: string
  /** Where files wait on disk while they are read; it is emptied when the door opens. */
  readonly uploadsDir: string
  readonly log: Log
}

/** Answers one request, whatever becomes of it. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Puts the rooms behind the door in order: borders, token, then API, reference and console. */
export function createRequestHandler(port: number, options: RequestHandlerOptions): RequestHandler {
  const { api, token, consoleDir, uploadsDir, log } = options
  const authentication = createAuthentication(token, port)
  const rest = createRest(api, uploadsDir)
  const rpc = createRpc(api)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    refuseStrangers(request, port)
    const url = urlOf(request)
    if (letInByLink(request, response, url, authentication)) return
    if (!authentication.admits(request.headers)) throw shut()

    if (request.headers.expect === '100-continue') {
      refuseDeclared(request, importLimitBytes)
      response.writeContinue()
    }
    if ((await rpc(request, response, url)) || (await rest(request, response, url))) return

    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (reads && ((await serveDocs(response, url)) || (await serveConsole(response, url, consoleDir)))) return
    throw new Refusal(404, 'NOT_FOUND', `There is nothing at ${url.pathname}. The reference is at /docs/.`)
  }

  return async (request, response) => {
    const startedAt = performance.now()
    // Without its query, which may hold the token or somebody's phone.
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
      // The other side is gone, or has half of an answer: no words can reach it.
      if (response.headersSent || response.destroyed) response.destroy()
      else refuse(request, response, error instanceof Refusal ? error : unexpected(log, line, error))
    }
  }
}

function refuseStrangers(request: IncomingMessage, port: number): void {
  switch (checkBorders(request.headers, port)) {
    case 'host':
      throw new Refusal(403, 'FORBIDDEN', `This door answers as 127.0.0.1:${port} or localhost:${port} only.`)
    case 'origin':
      throw new Refusal(403, 'FORBIDDEN', 'Pages of other origins may not use this door.')
    case null:
  }
}

/** Built from the checked `Host`; what stands in the request line is never taken for a host. */
function urlOf(request: IncomingMessage): URL {
  const path = request.url ?? '/'
  if (!path.startsWith('/')) throw new Refusal(400, 'BAD_REQUEST', 'The address must be a path.')
  return new URL(`http://${request.headers.host}${path}`)
}

/** Trades the token of the printed link for a cookie and goes on without it, so that it stays in no history. */
function letInByLink(request: IncomingMessage, response: ServerResponse, url: URL, lock: Authentication): boolean {
  const word = request.method === 'GET' ? url.searchParams.get('token') : null
  if (word === null) return false
  if (!lock.isToken(word)) throw shut()
  url.searchParams.delete('token')
  // One slash only: two would make the rest of the path a host.
  const onward = url.pathname.replace(/^\/+/, '/') + url.search
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    // A strict cookie does not travel along a redirect that began on another site.
    sendHtml(response, 200, onwardPage(onward), { 'set-cookie': lock.setCookie })
  } else {
    response.writeHead(303, { location: onward, 'set-cookie': lock.setCookie }).end()
  }
  return true
}

function shut(): Refusal {
  const words = 'This needs the token: send "Authorization: Bearer …", or open the link that the program printed.'
  return new Refusal(401, 'UNAUTHORIZED', words, { headers: { 'www-authenticate': 'Bearer' } })
}

/** What went wrong in the door itself; the API tells of its own failures. No stack and no path leave the program. */
function unexpected(log: Log, line: string, error: unknown): Refusal {
  const id = randomUUID()
  log.error(`error=${id} ${line}: ${error instanceof Error ? error.stack : String(error)}`)
  return new Refusal(500, 'INTERNAL', 'Something went wrong inside the program', { data: { id } })
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const readsPages = request.headers.accept?.includes('text/html') === true
  if (refusal.status === 401 && readsPages) sendHtml(response, 401, shutPage, refusal.headers)
  else sendRefusal(response, refusal)
  // What is left of the body is read and dropped, or the answer might never be read.
  request.resume()
}
