import { type AddressInfo, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as it came over the wire. */
export interface WireRequest {
  /** The id in the path. */
  readonly id: number
  /** 1 for the first request with this id. */
  readonly turn: number
  readonly path: string
  /** Which connection it came on, and the how-manieth it was there; both from 1. */
  readonly connection: number
  readonly place: number
}

/** What a server does on a connection once a request is there. It may do anything to the socket, at any time. */
export type WireAct = (socket: Socket, request: WireRequest) => void

export interface WireServer {
  readonly port: number
  /** The base address that a message's id is appended to. */
  readonly url: string
  /** In the order of arrival. */
  readonly requests: readonly WireRequest[]
  /** How many connections were made so far. */
  readonly connections: number
  /** The most that could be written to any one of them. */
  readonly mostWritten: number
  /** From now on it does this; what it has taken already goes on as before. */
  act(act: WireAct): void
  /** Closes the port and every connection. */
  goDown(): Promise<void>
  /** Opens the same port again. */
  comeUp(): Promise<void>
}

/**
 * A server on the loopback that owes nothing to HTTP: it knows where a request begins and ends, and what goes back is the
 * test's, byte for byte. A hasty one acts as soon as the head of a request is there, and reads on no more. It is gone when the
 * test is over.
 */
export async function openWireServer(first: WireAct, hasty = false): Promise<WireServer> {
  const open = new Set<Socket>()
  const requests: WireRequest[] = []
  const timesSeen = new Map<number, number>()
  let current = first
  let connections = 0
  let mostWritten = 0
  let port = 0

  function take(head: string, connection: number, place: number): WireRequest {
    const path = head.split(' ', 2)[1] ?? ''
    const id = Number(path.split('/').at(-1))
    const turn = (timesSeen.get(id) ?? 0) + 1
    timesSeen.set(id, turn)
    const request = { id, turn, path, connection, place }
    requests.push(request)
    return request
  }

  const server = createServer((socket) => {
    open.add(socket)
    connections += 1
    const connection = connections
    let unread = ''
    let place = 0
    socket.on('data', (bytes) => {
      unread += bytes.toString('latin1')
      for (let end = endOf(unread, hasty); end !== null; end = endOf(unread, hasty)) {
        place += 1
        const request = take(unread, connection, place)
        unread = unread.slice(end)
        if (hasty) socket.pause()
        current(socket, request)
      }
    })
    // Whoever is on the other end may leave at any time.
    socket.on('error', () => undefined)
    socket.once('close', () => {
      open.delete(socket)
      mostWritten = Math.max(mostWritten, socket.bytesWritten)
    })
  })

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
  await listen()
  onTestFinished(close)

  return {
    port,
    url: `http://127.0.0.1:${port}/send`,
    requests,
    get connections() {
      return connections
    },
    get mostWritten() {
      return Math.max(mostWritten, ...[...open].map((socket) => socket.bytesWritten))
    },
    act: (next) => {
      current = next
    },
    goDown: close,
    comeUp: listen,
  }
}

/** Where the first request ends; null while it is not whole. */
function endOf(text: string, hasty: boolean): number | null {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return null
  const end = head + 4
  if (hasty) return end
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]
  const whole = end + Number(length ?? 0)
  return text.length < whole ? null : whole
}
