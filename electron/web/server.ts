import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequestHandler, type RequestHandlerOptions } from './request-handler.ts'
import { clearUploads } from './uploaded-file.ts'

/** The port cannot be opened; the message explains why. */
export class PortError extends Error {}

/** A reserved port of 127.0.0.1 that does not answer requests yet. */
export interface Listener {
  readonly port: number
  readonly server: Server
  /** Requests that arrived too early, mostly from a console that waits for a restart. They are answered once the host is open. */
  readonly early: (readonly [IncomingMessage, ServerResponse])[]
}

export interface WebHost {
  /** Opens the console in a browser. */
  readonly link: string
  /** Stops accepting requests, ends open streams, and lets other requests finish. */
  close(): Promise<void>
}

/** How long requests may continue after `close`. */
const maxFinishMs = 3000

/** Reserves a port of 127.0.0.1 before any expensive work starts; 0 means any free port. Throws `PortError`. */
export async function listenOnLoopback(port: number): Promise<Listener> {
  const early: Listener['early'] = []
  const server = createServer((request, response) => early.push([request, response]))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (error) => reject(new PortError(explainPort(error, port))))
  server.listen(port, '127.0.0.1', resolve)
  await promise
  return { port: (server.address() as AddressInfo).port, server, early }
}

/** Starts answering requests on a reserved port. */
export function openWebHost({ server, port, early }: Listener, options: RequestHandlerOptions): WebHost {
  const open = new Set<ServerResponse>()
  clearUploads(options.uploadsDir)
  const answer = createRequestHandler(port, options)
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    open.add(response)
    response.once('close', () => open.delete(response))
    void answer(request, response)
  }
  server.removeAllListeners('request').on('request', handle)
  for (const [request, response] of early.splice(0)) if (!response.destroyed) handle(request, response)
  // A client that asks before it sends a large body gets our answer first.
  server.on('checkContinue', handle)
  return {
    link: `http://127.0.0.1:${port}/?token=${encodeURIComponent(options.token)}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const response of open) {
        // Node would keep a connection that becomes idle now for another request.
        response.once('close', () => setImmediate(() => server.closeIdleConnections()))
        if (response.getHeader('content-type') === 'text/event-stream') response.end()
      }
      const timeout = setTimeout(() => server.closeAllConnections(), maxFinishMs)
      await closed
      clearTimeout(timeout)
    },
  }
}

function explainPort(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') return `port ${port} is in use by another program: choose another with --port`
  if (error.code === 'EACCES')
    return `port ${port} needs more privileges than this program has: choose one above 1023 with --port`
  return `port ${port} cannot be opened: ${error.message}`
}
