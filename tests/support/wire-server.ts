import { type AddressInfo, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A received request. */
export interface WireRequest {
  /** The id in the path. */
  readonly id: number
  /** 1 for the first request with this id. */
  readonly turn: number
  readonly path: string
  /** The number of its connection, and its number on that connection; both from 1. */
  readonly connection: number
  readonly place: number
}

/** What a server does on a connection once a request has arrived. It may use the socket freely. */
export type WireAct = (socket: Socket, request: WireRequest) => void

export interface WireServer {
  readonly port: number
  /** The base address that a message's id is appended to. */
  readonly url: string
  /** In the order of arrival. */
  readonly requests: readonly WireRequest[]
  /** The number of connections so far. */
  readonly connections: number
  /** The maximum of bytes written to one connection. */
  readonly maxWritten: number
  /** Does this with new requests; earlier requests keep their act. */
  act(act: WireAct): void
  /** Closes the port and every connection. */
  goDown(): Promise<void>
  /** Opens the same port again. */
  comeUp(): Promise<void>
}

/**
 * Opens a server on the loopback that knows only where a request ends; the test writes the bytes of the answer. With
 * `actsEarly` it acts after the head of a request and stops reading. It is closed after the test.
 */
export async function openWireServer(first: WireAct, actsEarly = false): Promise<WireServer> {
  const open = new Set<Socket>()
  const requests: WireRequest[] = []
  const timesSeen = new Map<number, number>()
  let current = first
  let connections = 0
  let maxWritten = 0
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
      for (let end = endOf(unread, actsEarly); end !== null; end = endOf(unread, actsEarly)) {
        place += 1
        const request = take(unread, connection, place)
        unread = unread.slice(end)
        if (actsEarly) socket.pause()
        current(socket, request)
      }
    })
    // The client may disconnect at any time.
    socket.on('error', () => undefined)
    socket.once('close', () => {
      open.delete(socket)
      maxWritten = Math.max(maxWritten, socket.bytesWritten)
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
    get maxWritten() {
      return Math.max(maxWritten, ...[...open].map((socket) => socket.bytesWritten))
    },
    act: (next) => {
      current = next
    },
    goDown: close,
    comeUp: listen,
  }
}

/** Returns the end of the first request; null while it is incomplete. */
function endOf(text: string, actsEarly: boolean): number | null {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return null
  const end = head + 4
  if (actsEarly) return end
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]
  const whole = end + Number(length ?? 0)
  return text.length < whole ? null : whole
}
