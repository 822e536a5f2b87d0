import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequestHandler, type RequestHandlerOptions } from './request-handler.ts'
import { clearUploads } from './uploaded-file.ts'

/** The port cannot be had; says why in words. */
export class PortError extends Error {}

/** A port of 127.0.0.1 that is held, but answers nothing yet. */
export interface Listener {
  readonly port: number
  readonly server: Server
  /** Whoever asked too early: a console that has waited for the program to come back, above all. They wait for the door to open. */
  readonly early: (readonly [IncomingMessage, ServerResponse])[]
}

export interface WebHost {
  /** Opens the console in a browser. */
  readonly link: string
  /** Takes no more requests, ends open streams, lets the others finish. */
  close(): Promise<void>
}

/** How long requests may go on once the door closes. */
const finishWithinMs = 3000

/** Takes a port of 127.0.0.1, before anything costly or lasting is begun. 0 takes any free one. Throws `PortError`. */
export async function listenOnLoopback(port: number): Promise<Listener> {
  const early: Listener['early'] = []
  const server = createServer((request, response) => early.push([request, response]))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (error) => reject(new PortError(explainPort(error, port))))
  server.listen(port, '127.0.0.1', resolve)
  await promise
  return { port: (server.address() as AddressInfo).port, server, early }
}

/** Opens the door on a held port. */
export function openWebHost({ server, port, early }: Listener, options: RequestHandlerOptions): WebHost {
  const open = new Set<ServerResponse>()
  clearUploads(options.uploadsDir)
  const answer = createRequestHandler(port, options)
  const take = (request: IncomingMessage, response: ServerResponse) => {
    open.add(response)
    response.once('close', () => open.delete(response))
    void answer(request, response)
  }
  server.removeAllListeners('request').on('request', take)
  for (const [request, response] of early.splice(0)) if (!response.destroyed) take(request, response)
  // Whoever asks before sending a large body hears our verdict first.
  server.on('checkContinue', take)
  return {
    link: `http://127.0.0.1:${port}/?token=${encodeURIComponent(options.token)}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const response of open) {
        // A connection that falls idle only now would otherwise be kept for a next request.
        response.once('close', () => setImmediate(() => server.closeIdleConnections()))
        if (response.getHeader('content-type') === 'text/event-stream') response.end()
      }
      const impatience = setTimeout(() => server.closeAllConnections(), finishWithinMs)
      await closed
      clearTimeout(impatience)
    },
  }
}

function explainPort(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') return `port ${port} is taken by another program: choose another with --port`
  if (error.code === 'EACCES')
    return `port ${port} needs more rights than this program has: choose one above 1023 with --port`
  return `port ${port} cannot be opened: ${error.message}`
}
